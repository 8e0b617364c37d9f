package dev.ringpost.sqlite;

import dev.ringpost.secret.MasterKey;
import dev.ringpost.store.Given;
import java.nio.file.Path;
import java.time.InstantSource;

/** SQLite keeps to the rules of the ports where rows are on their way into their indexes: each transaction fills another one. */
class HalfIndexedStoreTest extends SqliteStoreTest {
    @Override
    SqliteStore open(Path data) {
        return SqliteStore.open(data, new MasterKey(new byte[32]), InstantSource.fixed(Given.NOW), 1);
    }
}
