package dev.ringpost.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.intake.CallCommand;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What may wait for the writer, and in whose turn it goes. */
class InboxTest {
    private static final long FLOODING = 1;
    private static final long QUIET = 2;
    private static final int MOST = 1000;

    private final Inbox inbox = new Inbox(MOST, Duration.ofMillis(1));
    /** Its writer would wait for ever. */
    private final Inbox patient = new Inbox(MOST, Duration.ofDays(1));

    private final CompletableFuture<Inbox.Batch> taken = new CompletableFuture<>();
    private final Thread writer = new Thread(() -> taken.complete(patient.take(1000)));

    @AfterEach
    void stop() throws InterruptedException {
        patient.close();
        writer.join();
    }

    /** Results are there, and the writer waits for more. */
    private void writerWaitsWith(int results) {
        patient.add(results(results));
        writer.start();
        Awaitility.await().until(() -> writer.getState() == Thread.State.TIMED_WAITING);
    }

    @Test
    void anAccountAloneMayHaveHalfOfWhatMayWait() {
        assertThat(accepted(FLOODING, 100)).isEqualTo(MOST / 2);
        assertThat(inbox.commandsWaiting()).isEqualTo(MOST / 2);
    }

    @Test
    void whereOneFloodsTheOthersAreAcceptedAllTheSame() {
        accepted(FLOODING, 10_000);

        assertThat(accepted(QUIET, 25)).isEqualTo(MOST / 4);
        assertThat(accepted(3, 1)).isGreaterThanOrEqualTo(MOST / 8 - 1);
        assertThat(accepted(FLOODING, 1)).isZero();
    }

    @Test
    void aRequestCanBeRefusedBeforeItIsRead() {
        assertThat(inbox.refusal(FLOODING)).isNull();
        accepted(FLOODING, 1);

        assertThat(inbox.refusal(FLOODING)).isNotNull();
        assertThat(inbox.refusal(QUIET)).isNull();
    }

    @Test
    void whatIsTakenMakesRoom() {
        accepted(FLOODING, 100);
        inbox.take(200);

        assertThat(accepted(FLOODING, 100)).isEqualTo(200);
    }

    @Test
    void theNextBatchHasCommandsOfEachAccount() {
        for (int i = 0; i < 40; i++) {
            inbox.add(commands(FLOODING, 10));
        }
        inbox.add(commands(QUIET, 10));

        Inbox.Batch batch = Objects.requireNonNull(inbox.take(300));

        assertThat(batch.commands()).extracting(Work.Commands::account).contains(QUIET);
    }

    @Test
    void onesThatReportForManyAccountsAreAnAccountOfTheirOwn() {
        CallCommand ofOne = command(FLOODING);
        CallCommand ofAnother = command(QUIET);

        assertThat(work(List.of(ofOne, ofOne)).account()).isEqualTo(FLOODING);
        assertThat(work(List.of(ofOne, ofAnother)).account()).isZero();
    }

    @Test
    void endsWaitForAReport() {
        writerWaitsWith(50);
        patient.add(results(49));
        assertThat(writer.getState()).isEqualTo(Thread.State.TIMED_WAITING);
        patient.add(commands(QUIET, 1));

        assertThat(taken.join().size()).isEqualTo(100);
    }

    @Test
    void manyEndsWaitForNothing() {
        writerWaitsWith(99);
        patient.add(results(1));

        assertThat(taken.join().size()).isEqualTo(100);
    }

    @Test
    void whatLeavesMemoryEndsTheWait() {
        writerWaitsWith(1);
        patient.add(new Work.Writes(
                List.of(new LaneWrite.Spill(new Delivery(1, 2, QUIET, 3, 1, EventType.CALL_STARTED))),
                new CompletableFuture<>()));

        assertThat(taken.join().writes()).hasSize(2);
    }

    @Test
    void aWriteOfNothingIsTaken() {
        writerWaitsWith(1);
        CompletableFuture<Void> nothing = new CompletableFuture<>();
        patient.add(new Work.Writes(List.of(), nothing));
        patient.close();

        assertThat(taken.join().writes()).hasSize(2);
    }

    @Test
    void reportsWaitForNothing() {
        patient.add(commands(QUIET, 1));
        patient.add(commands(FLOODING, 1));

        assertThat(Objects.requireNonNull(patient.take(100)).commands()).hasSize(2);
    }

    @Test
    void whatIsClosedWaitsForNothing() {
        writerWaitsWith(1);
        patient.close();

        assertThat(taken.join().writes()).hasSize(1);
        assertThat(patient.take(100)).isNull();
    }

    private static Work.Writes results(int count) {
        Delivery delivery = new Delivery(1, 2, QUIET, 3, 1, EventType.CALL_STARTED);
        LaneWrite result = new LaneWrite.Finish(delivery, 1, DeliveryEnd.SUCCEEDED, null);
        return new Work.Writes(Collections.nCopies(count, result), new CompletableFuture<>());
    }

    /** How many commands were accepted of an endless flood of requests. */
    private int accepted(long account, int commandsARequest) {
        int accepted = 0;
        while (inbox.add(commands(account, Math.min(commandsARequest, 100))) == null) {
            accepted += Math.min(commandsARequest, 100);
        }
        return accepted;
    }

    private static Work.Commands commands(long account, int count) {
        return work(Collections.nCopies(count, command(account)));
    }

    private static CallCommand command(long account) {
        return new CallCommand.SetOutcome(account, 1, "done");
    }

    private static Work.Commands work(List<CallCommand> commands) {
        return Work.Commands.of(commands, (transaction, answers) -> {}, new CompletableFuture<>());
    }
}
