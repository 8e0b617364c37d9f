package dev.ringpost.sqlite;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringpost.commit.StoreUnavailable;
import dev.ringpost.secret.MasterKey;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that a newer version has changed is left alone: it may hold what this version would break. */
class NewerDatabaseTest {
    @TempDir
    Path folder;

    @Test
    void itIsRefused() {
        MasterKey masterKey = new MasterKey(new byte[32]);
        try (SqliteStore store = SqliteStore.open(folder, masterKey, InstantSource.system())) {
            store.writer().update("begin");
            store.writer()
                    .update(
                            "insert into flyway_schema_history select 99, '99', 'of the future', type, 'V99__future.sql',"
                                    + " checksum, installed_by, installed_on, 0, 1 from flyway_schema_history where version = '1'");
            store.writer().update("commit");
        }
        assertThatThrownBy(() -> SqliteStore.open(folder, masterKey, InstantSource.system()))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("does not fit this version of Ringpost. Start the version that wrote it last");
    }
}
