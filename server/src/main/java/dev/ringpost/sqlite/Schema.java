package dev.ringpost.sqlite;

import dev.ringpost.commit.StoreUnavailable;
import dev.ringpost.secret.BadMasterKey;
import dev.ringpost.secret.SecretBox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.sqlite.SQLiteDataSource;

/** Brings the tables to the newest version, and checks that the master key is the database's. */
final class Schema {
    private static final String MASTER_KEY_CHECK = "master_key_check";
    private static final byte[] KNOWN = "ringpost".getBytes(StandardCharsets.UTF_8);

    private Schema() {}

    static void migrate(Path file) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        FluentConfiguration configuration = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db/migration/sqlite")
                // A migration that this version doesn't know is a newer version's: by default it would be ignored.
                .ignoreMigrationPatterns(new String[0]);
        try {
            configuration.load().migrate();
        } catch (FlywayValidateException e) {
            throw new StoreUnavailable(
                    "The database " + file + " does not fit this version of Ringpost. Start the version that wrote it"
                            + " last, or restore a backup that this version made.",
                    e);
        } catch (FlywayException e) {
            throw unmade(file, e);
        }
    }

    /** What the database said, in a line, where it was the database. */
    private static RuntimeException unmade(Path file, FlywayException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException said) {
                return new StoreUnavailable(
                        "Can't make the tables of " + file + ": "
                                + SqliteFaults.of(said).getMessage(),
                        failure);
            }
        }
        return failure;
    }

    /** @throws BadMasterKey if the database was made with another master key */
    static void checkMasterKey(Database database, Path file, SecretBox secrets) {
        byte[] sealed = database.first("select value from meta where name = ?", row -> row.bytes(1), MASTER_KEY_CHECK)
                .orElse(null);
        if (sealed == null) {
            database.update(
                    "insert into meta (name, value) values (?, ?)",
                    MASTER_KEY_CHECK,
                    secrets.seal(KNOWN, MASTER_KEY_CHECK));
            return;
        }
        if (!opens(secrets, sealed)) {
            throw new BadMasterKey("The database " + file + " was made with another master key. Put back the master.key"
                    + " that was beside it, or set RINGPOST_MASTER_KEY to it: without it its secrets can't be read.");
        }
    }

    private static boolean opens(SecretBox secrets, byte[] sealed) {
        try {
            return Arrays.equals(KNOWN, secrets.open(sealed, MASTER_KEY_CHECK));
        } catch (BadMasterKey _) {
            return false;
        }
    }
}
