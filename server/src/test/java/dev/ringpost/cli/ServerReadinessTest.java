package dev.ringpost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.commit.CallFold;
import dev.ringpost.commit.GroupCommit;
import dev.ringpost.secret.MasterKey;
import dev.ringpost.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a server is not ready. */
@SuppressWarnings("NullAway.Init") // set before each test
class ServerReadinessTest {
    @TempDir
    Path folder;

    private SqliteStore store;
    private GroupCommit journal;
    private CompletableFuture<?> engine = CompletableFuture.completedFuture("at work");
    private ServerReadiness readiness;

    @BeforeEach
    void open() {
        store = SqliteStore.open(folder, new MasterKey(new byte[32]), InstantSource.system());
        journal = new GroupCommit(
                store.writeSide(),
                (transaction, commands) -> new CallFold.Folded(List.of(), List.of(), List.of()),
                committed -> {},
                Runnable::run,
                InstantSource.system());
        readiness = new ServerReadiness(
                store.records(), journal, () -> engine, ForkJoinPool.commonPool(), InstantSource.system());
    }

    @AfterEach
    void close() {
        journal.close();
        store.close();
    }

    @Test
    void aServerWhoseDatabaseAndEngineAnswerIsReady() {
        assertThat(readiness.whyNot()).isEmpty();
    }

    @Test
    void withoutAWriterItIsNot() {
        journal.close();
        assertThat(readiness.whyNot())
                .hasValueSatisfying(why ->
                        assertThat(why).startsWith("The database takes no writes; look at its disk and at the log: "));
    }

    @Test
    void withAnEngineThatIsStuckItIsNot() {
        engine = new CompletableFuture<>();
        assertThat(readiness.whyNot())
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("The delivery engine does not answer;")
                        .endsWith("(waited 2000 ms)"));
    }

    @Test
    void whileItStopsItIsNot() {
        readiness.stopping();
        assertThat(readiness.whyNot()).hasValueSatisfying(why -> assertThat(why).contains("is stopping"));
    }
}
