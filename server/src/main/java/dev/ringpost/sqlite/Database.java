package dev.ringpost.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection and the statements that stay prepared on it. For one thread at a time. Faults come out as
 * {@link SqliteFaults} says.
 */
final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** More than there are different statements on the write side, so that only rare list queries are prepared again. */
    private static final int STATEMENTS_KEPT = 120;

    private final Connection connection;
    private final Statements statements = new Statements();

    private Database(Connection connection) {
        this.connection = connection;
    }

    /** Opens the file, made if it is new, and runs the pragmas. */
    static Database open(Path file, List<String> pragmas) {
        try {
            Database database = new Database(DriverManager.getConnection("jdbc:sqlite:" + file));
            for (String pragma : pragmas) {
                database.execute("pragma " + pragma);
            }
            return database;
        } catch (SQLException e) {
            throw SqliteFaults.of(e);
        }
    }

    /**
     * From now on "begin" and "commit" are said with {@link #update}. Otherwise the driver would try to begin a
     * transaction of its own at each statement.
     */
    void controlTransactions() {
        try {
            connection.setAutoCommit(false);
            execute("commit");
        } catch (SQLException e) {
            throw SqliteFaults.of(e);
        }
    }

    void execute(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw SqliteFaults.of(e);
        }
    }

    /** Runs a statement that has steps but no rows to its end. */
    void run(String sql) {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw SqliteFaults.of(e);
        }
    }

    /** How many rows the statement changed. */
    int update(String sql, @Nullable Object... values) {
        return with(sql, statement -> {
            bind(statement, values);
            return statement.executeUpdate();
        });
    }

    /** Runs the statement for each row; how many rows each changed. */
    <R> int[] updateEach(String sql, Collection<R> rows, Columns<R> columns) {
        if (rows.isEmpty()) {
            return new int[0];
        }
        return with(sql, statement -> {
            for (R row : rows) {
                bind(statement, columns.of(row));
                statement.addBatch();
            }
            int[] changed = statement.executeBatch();
            statement.clearBatch();
            return changed;
        });
    }

    /** Reads to the end, so that no read transaction stays open. */
    <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... values) {
        return queryUntil(rows -> false, sql, reader, values);
    }

    /**
     * Reads until the end, or until what was read is enough.
     *
     * @param enough asked after each row of all that there are so far
     */
    <T> List<T> queryUntil(Predicate<List<T>> enough, String sql, RowReader<T> reader, @Nullable Object... values) {
        return with(sql, statement -> {
            bind(statement, values);
            List<T> rows = new ArrayList<>();
            try (ResultSet results = statement.executeQuery()) {
                Row row = new Row(results);
                while (results.next()) {
                    rows.add(reader.read(row));
                    if (enough.test(rows)) {
                        break;
                    }
                }
            }
            return rows;
        });
    }

    <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... values) {
        return query(sql, reader, values).stream().findFirst();
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw SqliteFaults.of(e);
        }
    }

    /** A statement that failed is not used again: the driver finalizes it after some errors. */
    private <T> T with(String sql, Use<T> use) {
        PreparedStatement statement = statements.get(sql);
        boolean well = false;
        try {
            if (statement == null) {
                statement = connection.prepareStatement(sql);
                statements.put(sql, statement);
            }
            T result = use.of(statement);
            well = true;
            return result;
        } catch (SQLException e) {
            throw SqliteFaults.of(e);
        } finally {
            if (!well) {
                statements.discard(sql);
            }
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    /** A row's values in the order of the statement's parameters. */
    @FunctionalInterface
    interface Columns<R> {
        @Nullable
        Object[] of(R row);
    }

    @FunctionalInterface
    interface RowReader<T> {
        T read(Row row) throws SQLException;
    }

    @FunctionalInterface
    private interface Use<T> {
        T of(PreparedStatement statement) throws SQLException;
    }

    static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }

    private static final class Statements extends LinkedHashMap<String, PreparedStatement> {
        @java.io.Serial
        private static final long serialVersionUID = 1;

        Statements() {
            super(STATEMENTS_KEPT * 2, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PreparedStatement> eldest) {
            boolean tooMany = size() > STATEMENTS_KEPT;
            if (tooMany) {
                close(eldest.getValue());
            }
            return tooMany;
        }

        void discard(String sql) {
            PreparedStatement statement = remove(sql);
            if (statement != null) {
                close(statement);
            }
        }

        private static void close(PreparedStatement statement) {
            try {
                statement.close();
            } catch (SQLException e) {
                LOG.debug("A statement did not close: {}", e.getMessage());
            }
        }
    }
}
