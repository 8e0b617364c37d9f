package dev.ringpost.sqlite;

import dev.ringpost.commit.WriteSide;
import dev.ringpost.id.NumberSource;
import dev.ringpost.secret.MasterKey;
import dev.ringpost.store.Backlog;
import dev.ringpost.store.Given;
import dev.ringpost.store.Records;
import dev.ringpost.store.StoreConformance;
import dev.ringpost.store.Transaction;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** SQLite keeps to the rules of the ports. */
@SuppressWarnings("NullAway.Init") // set before each test
class SqliteStoreTest extends StoreConformance {
    @TempDir
    Path folder;

    private SqliteStore store;

    @BeforeEach
    void open() {
        store = open(folder);
        makeCallsOfTheRules();
    }

    SqliteStore open(Path data) {
        return SqliteStore.open(data, new MasterKey(new byte[32]), InstantSource.fixed(Given.NOW));
    }

    /** What the writer does between two batches. */
    void betweenBatches(WriteSide writeSide) {
        writeSide.betweenBatches();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public <T> T inTransaction(Function<Transaction, T> work) {
        WriteSide writeSide = store.writeSide();
        try {
            T result = work.apply(writeSide.begin());
            writeSide.commit();
            return result;
        } finally {
            writeSide.rollback();
            betweenBatches(writeSide);
        }
    }

    @Override
    public Records records() {
        return store.records();
    }

    @Override
    public Backlog backlog() {
        return store.backlog();
    }

    @Override
    public NumberSource numbers() {
        return store.numbers();
    }
}
