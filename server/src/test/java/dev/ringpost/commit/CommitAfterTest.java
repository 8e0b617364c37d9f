package dev.ringpost.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringpost.call.CallSpec;
import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.intake.Intake;
import dev.ringpost.secret.MasterKey;
import dev.ringpost.sqlite.SqliteStore;
import dev.ringpost.store.CallFilter;
import dev.ringpost.store.Given;
import dev.ringpost.store.KeptAnswer;
import dev.ringpost.store.PageRequest;
import dev.ringpost.store.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written along with commands is committed with them, or undone with them. */
@SuppressWarnings("NullAway.Init") // set before each test
class CommitAfterTest {
    private static final long ACCOUNT = 7;

    @TempDir
    Path folder;

    private SqliteStore store;
    private GroupCommit journal;

    @BeforeEach
    void open() {
        InstantSource clock = InstantSource.system();
        MasterKey key = new MasterKey(new byte[32]);
        store = SqliteStore.open(folder, key, clock);
        Intake intake = new Intake(
                store.numbers(),
                key.publicIds(),
                clock,
                new Intake.Settings(Duration.ZERO, Duration.ofHours(1), false));
        journal = new GroupCommit(
                store.writeSide(),
                (transaction, commands) -> {
                    Intake.Result result = intake.process(transaction, commands);
                    return new CallFold.Folded(result.answers(), result.committed(), result.events());
                },
                committed -> {},
                ForkJoinPool.commonPool(),
                clock);
    }

    @AfterEach
    void close() {
        journal.close();
        store.close();
    }

    @Test
    void anAnswerIsCommittedWithItsCall() {
        List<CallAnswer> answers =
                journal.submit(create("a"), (tx, made) -> keep(tx, "r")).join();
        assertThat(answers).hasSize(1);
        assertThat(calls()).containsExactly("a");
        assertThat(store.records().keptAnswer(ACCOUNT, "r")).isPresent();
    }

    @Test
    void whereItFailsItsCommandsAreUndoneAndNoOthers() {
        CountDownLatch writerHeld = new CountDownLatch(1);
        CompletableFuture<Boolean> holding = journal.change(tx -> await(writerHeld));
        CompletableFuture<List<CallAnswer>> before = journal.submit(create("before"));
        CompletableFuture<List<CallAnswer>> faulty = journal.submit(create("faulty"), (tx, made) -> {
            keep(tx, "faulty");
            throw new IllegalArgumentException("no");
        });
        CompletableFuture<List<CallAnswer>> after = journal.submit(create("after"), (tx, made) -> keep(tx, "after"));
        writerHeld.countDown();
        assertThat(holding.join()).isTrue();
        assertThat(before.join()).hasSize(1);
        assertThat(after.join()).hasSize(1);
        assertThatThrownBy(faulty::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThat(calls()).containsExactlyInAnyOrder("before", "after");
        assertThat(store.records().keptAnswer(ACCOUNT, "faulty")).isEmpty();
        assertThat(store.records().keptAnswer(ACCOUNT, "after")).isPresent();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(Transaction tx, String request) {
        tx.keepAnswer(new KeptAnswer(
                store.numbers().next(), ACCOUNT, request, "b", null, 201, "application/json", null, new byte[0]));
    }

    private List<String> calls() {
        return store
                .records()
                .calls(ACCOUNT, new CallFilter(null, null, null, null, null), new PageRequest.Offset(10, 0))
                .items()
                .stream()
                .map(call -> String.valueOf(call.spec().externalId()))
                .toList();
    }

    private static List<CallCommand> create(String externalId) {
        CallSpec spec = Given.spec(externalId, "agent");
        return List.of(new CallCommand.Create(ACCOUNT, spec));
    }
}
