package dev.ringpost.sqlite;

import dev.ringpost.commit.WriteSide;

/** SQLite keeps to the rules of the ports where all rows are in their indexes, after each transaction. */
class IndexedStoreTest extends HalfIndexedStoreTest {
    @Override
    void betweenBatches(WriteSide writeSide) {
        for (int i = 0; i < LateIndexes.COUNT; i++) {
            writeSide.betweenBatches();
        }
    }
}
