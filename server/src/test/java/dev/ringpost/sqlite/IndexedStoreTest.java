package dev.ringpost.sqlite;

import dev.ringpost.commit.WriteSide;
import dev.ringpost.secret.MasterKey;
import dev.ringpost.store.Given;
import java.nio.file.Path;
import java.time.InstantSource;

/** SQLite keeps to the rules of the ports where all rows are in their indexes, and where they are on their way into them. */
final class IndexedStoreTest {
    private IndexedStoreTest() {}

    private static SqliteStore openWithoutRoom(Path data) {
        return SqliteStore.open(data, new MasterKey(new byte[32]), InstantSource.fixed(Given.NOW), 1);
    }

    /** After each transaction. */
    static final class AllIndexedTest extends SqliteStoreTest {
        @Override
        SqliteStore open(Path data) {
            return openWithoutRoom(data);
        }

        @Override
        void betweenBatches(WriteSide writeSide) {
            for (int i = 0; i < LateIndexes.COUNT; i++) {
                writeSide.betweenBatches();
            }
        }
    }

    /** After each transaction another index is filled. */
    static final class HalfIndexedTest extends SqliteStoreTest {
        @Override
        SqliteStore open(Path data) {
            return openWithoutRoom(data);
        }
    }
}
