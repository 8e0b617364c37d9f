package dev.ringpost.store;

import static dev.ringpost.store.Given.ACME;
import static dev.ringpost.store.Given.NOW;
import static dev.ringpost.store.Given.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Limits;
import dev.ringpost.delivery.Queued;
import dev.ringpost.delivery.Rank;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.store.LoggedAttempt.Status;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Replays: what they find of the past, what they queue, and how they count it. */
public interface ReplayRules extends StoreUnderTest {
    long TO = 90;

    @Test
    default void aReplayComesBackAsItWas() {
        Replay replay = replay(1, 0);
        write(tx -> tx.insertReplay(replay));
        assertThat(records().replay(ACME, 1)).contains(replay);
        assertThat(records().replay(OTHER, 1)).isEmpty();
        assertThat(backlog().runningReplays()).containsExactly(replay);
        write(tx -> {
            assertThat(tx.replay(1)).contains(replay);
            assertThat(tx.runningReplays(ACME)).isOne();
            tx.endReplay(1, Replay.Status.DONE);
            tx.endReplay(1, Replay.Status.CANCELLED);
        });
        assertThat(records().replay(ACME, 1).orElseThrow().status()).isEqualTo(Replay.Status.DONE);
        assertThat(backlog().runningReplays()).isEmpty();
    }

    @Test
    default void thePastSaysWhatBecameOfEachEvent() {
        for (long event = 1; event <= 6; event++) {
            event(event, ACME);
        }
        event(7, OTHER);
        end(1, DeliveryEnd.GAVE_UP);
        end(2, DeliveryEnd.SUCCEEDED);
        fail(3);
        write(tx -> tx.insertFresh(List.of(delivery(4))));
        List<PastEvent> past = inTransaction(tx -> tx.pastEvents(replay(1, 0), 10));
        assertThat(past)
                .containsExactly(
                        new PastEvent(delivery(1), Status.FAILED, true, false),
                        new PastEvent(delivery(2), Status.SUCCEEDED, true, false),
                        new PastEvent(delivery(3), Status.FAILED, false, true),
                        new PastEvent(delivery(4), null, false, true),
                        new PastEvent(delivery(5), null, false, false),
                        new PastEvent(delivery(6), null, false, false));
        List<PastEvent> rest = inTransaction(tx -> tx.pastEvents(replay(1, 4), 1));
        assertThat(rest).containsExactly(new PastEvent(delivery(5), null, false, false));
    }

    @Test
    default void whatAReplayQueuesKeepsItsAttemptsAndIsCounted() {
        for (long event = 1; event <= 3; event++) {
            event(event, ACME);
        }
        end(1, DeliveryEnd.GAVE_UP);
        fail(2);
        write(tx -> tx.insertReplay(replay(1, 0)));
        Optional<LaneState> lane =
                inTransaction(tx -> tx.queueReplay(replay(1, 0), List.of(delivery(1), delivery(2), delivery(3)), 3));
        assertThat(lane.orElseThrow().nextAt()).isZero();
        assertThat(queued())
                .containsExactly(
                        new Queued(delivery(1), Rank.REPLAYED, 0, 1, 0, 1),
                        new Queued(delivery(3), Rank.REPLAYED, 0, 0, 0, 1));
        assertCounts(3, 2, 2, 0, 0);
        assertThat(records().queueLength(ACME, TO)).isEqualTo(3);
        write(tx -> tx.apply(List.of(
                new LaneWrite.Finish(delivery(1), 2, DeliveryEnd.SUCCEEDED, Given.success()),
                new LaneWrite.Retry(delivery(3), Rank.REPLAYED, 1, 1, 99, 98, Given.failure()))));
        assertCounts(3, 2, 1, 1, 0);
        assertThat(queued()).containsExactly(new Queued(delivery(3), Rank.REPLAYED, 99, 1, 1, 1));
        write(tx -> tx.ask(delivery(3), NOW));
        write(tx -> tx.apply(List.of(new LaneWrite.Finish(delivery(3), 1, DeliveryEnd.CANCELLED, null))));
        assertCounts(3, 2, 0, 1, 1);
        Optional<LaneState> unchanged = inTransaction(tx -> tx.queueReplay(replay(1, 3), List.of(), 9));
        assertThat(unchanged).isEmpty();
        assertCounts(9, 2, 0, 1, 1);
    }

    @Test
    default void aCancelledReplayCoversWhatItQueued() {
        event(1, ACME);
        event(2, ACME);
        fail(2);
        write(tx -> {
            tx.insertReplay(replay(1, 0));
            tx.queueReplay(replay(1, 0), List.of(delivery(1)), 2);
        });
        SweepSlice slice = inTransaction(tx -> tx.covered(new Sweep.ReplayCancelled(100, ACME, TO, 1), TO, 0, 10));
        assertThat(slice.rows()).extracting(Queued::delivery).containsExactly(delivery(1));
        assertThat(inTransaction(tx -> tx.covered(new Sweep.ReplayCancelled(100, ACME, TO, 2), TO, 0, 10))
                        .rows())
                .isEmpty();
    }

    private void assertCounts(long position, long total, long queued, long succeeded, long failed) {
        Replay replay = records().replay(ACME, 1).orElseThrow();
        assertThat(List.of(replay.position(), replay.total(), replay.queued(), replay.succeeded(), replay.failed()))
                .containsExactly(position, total, queued, succeeded, failed);
    }

    private List<Queued> queued() {
        return backlog()
                .heads(List.of(new Effect.Load(TO, new Limits(0, 0, 50, 0), false)))
                .getFirst()
                .replayed()
                .rows();
    }

    private void event(long no, long account) {
        write(tx -> tx.insertEvents(List.of(Given.event(no, account, 700, EventType.CALL_ENDED))));
    }

    private void end(long event, DeliveryEnd end) {
        write(tx -> {
            tx.insertFresh(List.of(delivery(event)));
            tx.apply(List.of(new LaneWrite.Finish(delivery(event), 1, end, Given.failure())));
        });
    }

    private void fail(long event) {
        write(tx -> {
            tx.insertFresh(List.of(delivery(event)));
            tx.apply(List.of(new LaneWrite.Retry(delivery(event), Rank.TRIED, 1, 1, 9000, 8000, Given.failure())));
        });
    }

    private static Delivery delivery(long event) {
        return new Delivery(event, TO, ACME, 700, 1, EventType.CALL_ENDED);
    }

    private static Replay replay(long no, long position) {
        return new Replay(
                no,
                ACME,
                TO,
                Replay.Only.ALL,
                EnumSet.of(EventType.CALL_ENDED, EventType.CALL_STARTED),
                NOW.minusSeconds(60),
                NOW.plusSeconds(60),
                Replay.Status.RUNNING,
                position,
                0,
                0,
                0,
                0,
                NOW);
    }
}
