package dev.ringpost.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.Call;
import dev.ringpost.commit.WriteSide;
import dev.ringpost.secret.MasterKey;
import dev.ringpost.store.Given;
import dev.ringpost.store.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The write-ahead log forgets what was erased, also where somebody reads meanwhile. */
@SuppressWarnings("NullAway.Init") // set before each test
class WriteAheadLogTest {
    @TempDir
    Path folder;

    private SqliteStore store;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder, new MasterKey(new byte[32]), InstantSource.fixed(Given.NOW));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void nothingErasedMeansNothingToWaitFor() {
        insertCall();
        assertThat(store.writeAheadLog().traceless()).isCompleted();
    }

    @Test
    void itIsCutAfterAnErasureThoughNobodyWrites() throws IOException {
        Call call = insertCall();
        assertThat(logSize()).isPositive();
        write(tx -> tx.eraseCalls(List.of(call)));
        assertThat(store.writeAheadLog().traceless()).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(logSize()).isZero();
    }

    @Test
    void itIsCutBetweenTheBatchesOfABusyWriter() {
        Call call = insertCall();
        write(tx -> tx.eraseCalls(List.of(call)));
        CompletableFuture<Void> traceless = store.writeAheadLog().traceless();
        Awaitility.await().pollInSameThread().until(() -> {
            insertCall();
            return traceless.isDone();
        });
        assertThat(traceless).isCompleted();
    }

    @Test
    void aLongReadDelaysItAndHoldsUpNoWrite() throws SQLException, IOException {
        Call call = insertCall();
        CompletableFuture<Void> traceless;
        try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ringpost.db"));
                Statement statement = reader.createStatement()) {
            statement.execute("begin");
            statement.executeQuery("select count(*) from calls").close();
            write(tx -> tx.eraseCalls(List.of(call)));
            traceless = store.writeAheadLog().traceless();
            long longest = 0;
            for (int i = 0; i < 50; i++) {
                long start = System.nanoTime();
                insertCall();
                longest = Math.max(longest, System.nanoTime() - start);
            }
            assertThat(TimeUnit.NANOSECONDS.toMillis(longest)).isLessThan(1000);
            assertThat(traceless).isNotDone();
        }
        assertThat(traceless).succeedsWithin(20, TimeUnit.SECONDS);
        assertThat(Files.size(folder.resolve("ringpost.db"))).isPositive();
    }

    @Test
    void aTouchIsWrittenAndNothingIsNot() throws IOException {
        long before = logSize();
        assertThat(write(tx -> {})).isFalse();
        assertThat(logSize()).isEqualTo(before);
        for (int i = 0; i < 2; i++) {
            long touched = logSize();
            assertThat(write(Transaction::touch)).isTrue();
            assertThat(logSize()).isGreaterThan(touched);
        }
    }

    @Test
    void whatAKilledServerLeftIsCutAtTheStart() throws IOException {
        Call call = insertCall();
        write(tx -> tx.eraseCalls(List.of(call)));
        Path copy = Files.createDirectory(folder.resolve("copy"));
        for (String file : List.of("ringpost.db", "ringpost.db-wal")) {
            Files.copy(folder.resolve(file), copy.resolve(file));
        }
        try (SqliteStore again = SqliteStore.open(copy, new MasterKey(new byte[32]), InstantSource.fixed(Given.NOW))) {
            assertThat(Files.size(copy.resolve("ringpost.db-wal"))).isZero();
            assertThat(again.records().call(Given.ACME, call.no())).isEmpty();
        }
    }

    private long logSize() throws IOException {
        return Files.size(folder.resolve("ringpost.db-wal"));
    }

    private Call insertCall() {
        Call call = Given.call(store.numbers().next(), Given.ACME, null);
        write(tx -> tx.insertCalls(List.of(call)));
        return call;
    }

    /** As the writer does it. Returns whether there was anything to write. */
    private boolean write(Consumer<Transaction> work) {
        WriteSide writeSide = store.writeSide();
        work.accept(writeSide.begin());
        boolean written = writeSide.commit().anything();
        writeSide.betweenBatches();
        return written;
    }
}
