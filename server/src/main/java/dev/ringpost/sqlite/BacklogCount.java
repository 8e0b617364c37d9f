package dev.ringpost.sqlite;

import dev.ringpost.id.NumberSource;
import dev.ringpost.store.BacklogSize;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows of a table slice by slice along its key, each slice a question of its own: a read that stays open keeps
 * the write-ahead log from being moved, and others wait for the same connection.
 */
final class BacklogCount {
    /** With its primary key; all its columns are numbers. */
    static final BacklogCount FRESH = new BacklogCount("fresh", "event, endpoint", 2);

    /** So many rows are counted in a few milliseconds. */
    private static final int SLICE = 20_000;

    private final String keyAtEnd;
    private final String count;
    private final int columns;

    private record Slice(long deliveries, long oldestEvent) {}

    private BacklogCount(String table, String key, int columns) {
        String marks = "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
        String from = " from " + table + " where (" + key + ") > " + marks;
        this.columns = columns;
        this.keyAtEnd = "select " + key + from + " order by " + key + " limit 1 offset " + (SLICE - 1);
        this.count = "select count(*), coalesce(min(event), 0)" + from + " and (" + key + ") <= " + marks;
    }

    BacklogSize.Part count(Readers readers) {
        Long[] after = all(Long.MIN_VALUE);
        long deliveries = 0;
        long oldest = Long.MAX_VALUE;
        boolean more = true;
        while (more) {
            Long[] start = after;
            Optional<Long[]> end = readers.read(database -> database.first(keyAtEnd, this::key, (Object[]) start));
            more = end.isPresent();
            after = end.orElseGet(() -> all(Long.MAX_VALUE));
            Slice slice = slice(readers, start, after);
            deliveries += slice.deliveries();
            oldest = slice.deliveries() == 0 ? oldest : Math.min(oldest, slice.oldestEvent());
        }
        return new BacklogSize.Part(deliveries, deliveries == 0 ? null : NumberSource.timeOf(oldest));
    }

    private Slice slice(Readers readers, Long[] after, Long[] to) {
        @Nullable Object[] values = new Object[2 * columns];
        System.arraycopy(after, 0, values, 0, columns);
        System.arraycopy(to, 0, values, columns, columns);
        return readers.read(database -> database.first(count, row -> new Slice(row.number(1), row.number(2)), values))
                .orElseThrow();
    }

    private Long[] key(Row row) throws SQLException {
        Long[] key = new Long[columns];
        for (int i = 0; i < columns; i++) {
            key[i] = row.number(i + 1);
        }
        return key;
    }

    private Long[] all(long value) {
        return Collections.nCopies(columns, value).toArray(Long[]::new);
    }
}
