package dev.ringpost.store;

import static dev.ringpost.store.Given.ACME;
import static dev.ringpost.store.Given.NOW;
import static dev.ringpost.store.Given.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Backlogged;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Limits;
import dev.ringpost.delivery.Queued;
import dev.ringpost.delivery.Rank;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.store.WaitingDelivery.Behind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is done to deliveries that wait, beside the engine's own changes. */
public interface WaitingRules extends StoreUnderTest {
    long AT = 80;
    long TIME = NOW.toEpochMilli();

    @Test
    default void aRepairMakesDueWhatFailedBeforeItInSlices() {
        List<Delivery> failed = spilledAndFailed(5, TIME);
        Delivery later = failed(9, TIME + 1);
        write(tx -> tx.insertFresh(List.of(waiting(10))));
        write(tx -> tx.apply(List.of(new LaneWrite.Spill(waiting(10)))));
        assertThat(makeDue()).isEqualTo(3);
        assertThat(makeDue()).isEqualTo(2);
        assertThat(makeDue()).isZero();
        Backlogged head = head();
        assertThat(head.tried().rows())
                .filteredOn(row -> row.dueAt() == TIME)
                .extracting(Queued::delivery)
                .containsExactlyElementsOf(failed);
        assertThat(head.tried().rows()).last().isEqualTo(new Queued(later, Rank.TRIED, TIME + 60_000, 1, 1));
        assertThat(head.untried().rows()).hasSize(1);
    }

    @Test
    default void aRepairWakesTheLane() {
        spilledAndFailed(1, TIME);
        write(tx -> tx.makeDue(AT, NOW, 3));
        assertThat(records().lane(ACME, AT).orElseThrow().nextAt()).isEqualTo(TIME);
    }

    @Test
    default void whatIsAskedForIsDueWhereverItStood() {
        Delivery fresh = waiting(1);
        Delivery failed = failed(2, TIME);
        Delivery ended = waiting(3);
        write(tx -> {
            tx.insertFresh(List.of(fresh, ended));
            tx.apply(List.of(new LaneWrite.Finish(ended, 1, DeliveryEnd.SUCCEEDED, Given.success())));
        });
        LaneState lane = inTransaction(tx -> {
            tx.ask(fresh, NOW);
            tx.ask(failed, NOW);
            return tx.ask(ended, NOW);
        });
        assertThat(lane.nextAt()).isZero();
        assertThat(backlog().fresh(0, 0, 10)).isEmpty();
        assertThat(head().asked().rows())
                .containsExactly(
                        new Queued(fresh, Rank.ASKED, TIME, 0, 0),
                        new Queued(failed, Rank.ASKED, TIME, 1, 0),
                        new Queued(ended, Rank.ASKED, TIME, 1, 0));
        assertThat(head().tried().rows()).isEmpty();
    }

    @Test
    default void aSweepFindsWhatItCoversInSlices() {
        spilledAndFailed(5, TIME);
        Delivery other = new Delivery(6, AT, ACME, 601, 1, EventType.CALL_STARTED);
        write(tx -> {
            tx.insertFresh(List.of(other));
            tx.apply(List.of(new LaneWrite.Spill(other)));
        });
        Sweep.Cancel types = new Sweep.Unsubscribed(100, ACME, AT, EnumSet.of(EventType.CALL_ENDED));
        assertThat(covered(types, 2)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(covered(new Sweep.Unsubscribed(3, ACME, AT, EnumSet.of(EventType.CALL_ENDED)), 2))
                .containsExactly(1L, 2L);
        assertThat(covered(new Sweep.Erased(100, ACME, 601), 2)).containsExactly(6L);
        assertThat(covered(new Sweep.Erased(100, ACME, 602), 2)).isEmpty();
    }

    @Test
    default void aSweepIsRememberedUntilItIsDone() {
        List<Sweep> sweeps = List.of(
                new Sweep.Repair(1, ACME, AT),
                new Sweep.Unsubscribed(2, ACME, AT, EnumSet.of(EventType.CALL_ENDED, EventType.CALL_FAILED)),
                new Sweep.Erased(3, ACME, 600),
                new Sweep.ReplayCancelled(4, ACME, AT, 77));
        write(tx -> sweeps.forEach(tx::insertSweep));
        assertThat(backlog().sweeps()).isEqualTo(sweeps);
        write(tx -> tx.deleteSweep(sweeps.get(1)));
        assertThat(backlog().sweeps()).hasSize(3).doesNotContain(sweeps.get(1));
    }

    @Test
    default void theEndpointsOfACallAreThoseWhereItWaits() {
        write(tx -> tx.insertEvents(List.of(Given.event(1, ACME, 600, EventType.CALL_ENDED))));
        failed(2, TIME);
        Delivery elsewhere = new Delivery(1, AT + 1, ACME, 600, 1, EventType.CALL_ENDED);
        write(tx -> tx.insertFresh(List.of(elsewhere)));
        assertThat(backlog().endpointsOf(600)).containsExactlyInAnyOrder(AT, AT + 1);
        assertThat(backlog().endpointsOf(601)).isEmpty();
    }

    @Test
    default void whatWaitsIsListedNewestEventFirst() {
        Delivery failed = failed(1, TIME);
        Delivery spilled = waiting(2);
        Delivery fresh = waiting(3);
        write(tx -> {
            tx.insertFresh(List.of(spilled, fresh));
            tx.apply(List.of(new LaneWrite.Spill(spilled)));
        });
        Page<WaitingDelivery> page = records().waiting(ACME, AT, Set.of(), new PageRequest.Offset(10, 0));
        assertThat(page.items()).extracting(WaitingDelivery::delivery).containsExactly(fresh, spilled, failed);
        assertThat(page.total()).isEqualTo(3);
        assertThat(page.items())
                .extracting(WaitingDelivery::rank)
                .containsExactly(Rank.UNTRIED, Rank.UNTRIED, Rank.TRIED);
        assertThat(page.items())
                .extracting(WaitingDelivery::behind)
                .containsExactly(Behind.UNTRIED, Behind.TRIED, Behind.NOTHING);
        assertThat(page.items().getLast())
                .isEqualTo(new WaitingDelivery(
                        failed, Rank.TRIED, 1, Instant.ofEpochMilli(TIME + 60_000), Behind.NOTHING));
        assertThat(records()
                        .waiting(ACME, AT, Set.of(2L), new PageRequest.Cursor(1, 3L))
                        .items())
                .extracting(WaitingDelivery::delivery)
                .containsExactly(failed);
        assertThat(records()
                        .waiting(OTHER, AT, Set.of(), new PageRequest.Offset(10, 0))
                        .items())
                .isEmpty();
        assertThat(records().waiting(ACME, 1, AT)).contains(page.items().getLast());
        assertThat(records().waiting(ACME, 3, AT)).isPresent();
        assertThat(records().waiting(ACME, 4, AT)).isEmpty();
        assertThat(records().waiting(OTHER, 1, AT)).isEmpty();
    }

    private int makeDue() {
        return inTransaction(tx -> tx.makeDue(AT, NOW, 3));
    }

    private List<Long> covered(Sweep.Cancel sweep, int limit) {
        List<Long> events = new ArrayList<>();
        long after = 0;
        while (after != Long.MAX_VALUE) {
            long from = after;
            SweepSlice slice = inTransaction(tx -> tx.covered(sweep, AT, from, limit));
            slice.rows().forEach(row -> events.add(row.delivery().event()));
            assertThat(slice.rows()).hasSizeLessThanOrEqualTo(limit);
            after = slice.lastEvent();
        }
        return events;
    }

    private List<Delivery> spilledAndFailed(int count, long failedAt) {
        List<Delivery> made = new ArrayList<>();
        for (long event = 1; event <= count; event++) {
            made.add(failed(event, failedAt));
        }
        return made;
    }

    /** A delivery that failed once and is due in a minute. */
    private Delivery failed(long event, long failedAt) {
        Delivery delivery = waiting(event);
        write(tx -> {
            tx.insertFresh(List.of(delivery));
            tx.apply(
                    List.of(new LaneWrite.Retry(delivery, Rank.TRIED, 1, 1, TIME + 60_000, failedAt, Given.failure())));
        });
        return delivery;
    }

    private Backlogged head() {
        return backlog()
                .heads(List.of(new Effect.Load(AT, new Limits(50, 50, 50, 50), false)))
                .getFirst();
    }

    private static Delivery waiting(long event) {
        return new Delivery(event, AT, ACME, 600, (int) event, EventType.CALL_ENDED);
    }
}
