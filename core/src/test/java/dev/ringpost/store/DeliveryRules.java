package dev.ringpost.store;

import static dev.ringpost.store.Given.ACME;
import static dev.ringpost.store.Given.NOW;
import static dev.ringpost.store.Given.delivery;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Backlogged;
import dev.ringpost.delivery.Backlogged.Part;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Limits;
import dev.ringpost.delivery.Queued;
import dev.ringpost.delivery.Rank;
import dev.ringpost.id.NumberSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A delivery that has not ended is in exactly one place. */
public interface DeliveryRules extends StoreUnderTest {
    long ENDPOINT = 70;
    long DUE = NOW.toEpochMilli() + 5000;

    @Test
    default void freshOnesComeInOrderOfEventThenEndpoint() {
        List<Delivery> fresh = List.of(delivery(1, 70), delivery(1, 71), delivery(2, 70), delivery(3, 1));
        write(tx -> tx.insertFresh(List.of(fresh.get(3), fresh.get(1), fresh.get(0), fresh.get(2))));
        assertThat(backlog().fresh(0, 0, 10)).isEqualTo(fresh);
        assertThat(backlog().fresh(1, 70, 2)).isEqualTo(fresh.subList(1, 3));
        assertThat(backlog().fresh(3, 1, 10)).isEmpty();
    }

    @Test
    default void aFinishedDeliveryLeavesItsPlace() {
        write(tx -> tx.insertFresh(List.of(delivery(1, ENDPOINT), delivery(2, ENDPOINT))));
        write(tx -> tx.apply(List.of(finish(delivery(1, ENDPOINT), 1))));
        assertThat(backlog().fresh(0, 0, 10)).containsExactly(delivery(2, ENDPOINT));
        assertThat(records().attemptsOf(ACME, 1, ENDPOINT)).hasSize(1);
    }

    @Test
    default void aRetryGoesToTheQueueAndMovesThere() {
        Delivery delivery = delivery(1, ENDPOINT);
        write(tx -> tx.insertFresh(List.of(delivery)));
        write(tx -> tx.apply(List.of(retry(delivery, 1, 0, DUE))));
        assertThat(backlog().fresh(0, 0, 10)).isEmpty();
        assertThat(head(10).tried().rows()).containsExactly(new Queued(delivery, Rank.TRIED, DUE, 1, 0));
        write(tx -> tx.apply(List.of(retry(delivery, 2, 1, DUE + 9))));
        assertThat(head(10).tried().rows()).containsExactly(new Queued(delivery, Rank.TRIED, DUE + 9, 2, 1));
        write(tx -> tx.apply(List.of(finish(delivery, 3))));
        assertThat(head(10).tried().rows()).isEmpty();
        assertThat(records().attemptsOf(ACME, 1, ENDPOINT)).hasSize(3);
    }

    @Test
    default void aSpilledOneIsUntriedInTheQueue() {
        Delivery delivery = delivery(1, ENDPOINT);
        write(tx -> tx.insertFresh(List.of(delivery)));
        write(tx -> tx.apply(List.of(new LaneWrite.Spill(delivery))));
        assertThat(backlog().fresh(0, 0, 10)).isEmpty();
        assertThat(head(10).untried().rows()).containsExactly(new Queued(delivery, Rank.UNTRIED, 0, 0, 0));
        write(tx -> tx.apply(List.of(retry(delivery, 1, 0, DUE))));
        assertThat(head(10).untried().rows()).isEmpty();
        assertThat(head(10).tried().rows()).hasSize(1);
    }

    @Test
    default void theSizeOfTheBacklogCountsEachDeliveryOnce() {
        assertThat(backlog().size())
                .isEqualTo(new BacklogSize(new BacklogSize.Part(0, null), new BacklogSize.Part(0, null)));
        long first = NumberSource.firstAt(NOW);
        long second = NumberSource.firstAt(NOW.plusSeconds(1));
        write(tx -> {
            tx.insertFresh(List.of(
                    delivery(second, ENDPOINT), delivery(first, ENDPOINT), delivery(first, 71), delivery(second, 71)));
            tx.apply(List.of(
                    new LaneWrite.Spill(delivery(second, ENDPOINT)),
                    retry(delivery(first, ENDPOINT), 1, 0, DUE),
                    finish(delivery(first, 71), 1)));
        });
        assertThat(backlog().size())
                .isEqualTo(new BacklogSize(new BacklogSize.Part(1, NOW.plusSeconds(1)), new BacklogSize.Part(2, NOW)));
    }

    @Test
    default void theSizeOfALargeBacklogIsExact() {
        List<Delivery> many = new ArrayList<>();
        for (int event = 1; event <= 20_000; event++) {
            many.add(delivery(event, ENDPOINT));
            many.add(delivery(event, 71));
            many.add(delivery(event, 72));
        }
        write(tx -> tx.insertFresh(many));
        write(tx -> tx.apply(many.subList(0, 45_000).stream()
                .<LaneWrite>map(LaneWrite.Spill::new)
                .toList()));
        assertThat(backlog().size().fresh().deliveries()).isEqualTo(15_000);
        assertThat(backlog().size().queue().deliveries()).isEqualTo(45_000);
    }

    @Test
    default void aWriteThatCountsOtherAttemptsChangesNothing() {
        Delivery delivery = delivery(1, ENDPOINT);
        write(tx -> tx.insertFresh(List.of(delivery)));
        write(tx -> tx.apply(List.of(
                finish(delivery, 2),
                finish(delivery, 3),
                retry(delivery, 2, 0, DUE),
                finish(delivery(1, 71), 1),
                new LaneWrite.Spill(delivery(2, ENDPOINT)))));
        assertThat(backlog().fresh(0, 0, 10)).containsExactly(delivery);
        assertThat(head(10)).isEqualTo(new Backlogged(ENDPOINT, Part.NONE, Part.NONE, Part.NONE, Part.NONE));
        assertThat(records().attemptsOf(ACME, 1, ENDPOINT)).isEmpty();
        assertThat(backlog().waitingLanes()).isEmpty();
    }

    @Test
    default void aResultThatComesTwiceIsLoggedOnce() {
        Delivery delivery = delivery(1, ENDPOINT);
        write(tx -> tx.insertFresh(List.of(delivery)));
        write(tx -> tx.apply(List.of(finish(delivery, 1), finish(delivery, 1))));
        write(tx -> tx.apply(List.of(retry(delivery, 1, 0, DUE))));
        assertThat(records().attemptsOf(ACME, 1, ENDPOINT)).hasSize(1);
        assertThat(head(10).tried().rows()).isEmpty();
    }

    @Test
    default void aResultIsLoggedWhereverItsDeliveryWasMovedMeanwhile() {
        Delivery delivery = delivery(1, ENDPOINT);
        write(tx -> tx.insertFresh(List.of(delivery)));
        write(tx -> tx.ask(delivery, NOW));
        write(tx -> tx.apply(List.of(retry(delivery, 1, 0, DUE))));
        assertThat(head(10).tried().rows()).hasSize(1);
        write(tx -> tx.makeDue(ENDPOINT, NOW, 10));
        write(tx -> tx.apply(List.of(finish(delivery, 2))));
        assertThat(head(10).tried().rows()).isEmpty();
        assertThat(records().attemptsOf(ACME, 1, ENDPOINT)).hasSize(2);
    }

    @Test
    default void writesOfOneDeliveryInOneBatchAreAppliedInOrder() {
        Delivery delivery = delivery(1, ENDPOINT);
        write(tx -> {
            tx.insertFresh(List.of(delivery));
            tx.apply(List.of(
                    new LaneWrite.Spill(delivery),
                    retry(delivery, 1, 0, DUE),
                    retry(delivery, 2, 1, DUE + 1),
                    finish(delivery, 3)));
        });
        assertThat(head(10).tried().rows()).isEmpty();
        assertThat(records().attemptsOf(ACME, 1, ENDPOINT).stream()
                        .map(LoggedAttempt::attempt)
                        .toList())
                .containsExactly(3, 2, 1);
    }

    @Test
    default void aHeadSaysWhatIsBeyondIt() {
        List<Delivery> deliveries = new ArrayList<>();
        List<LaneWrite> writes = new ArrayList<>();
        for (long event = 6; event >= 1; event--) {
            deliveries.add(delivery(event, ENDPOINT));
            writes.add(
                    event <= 3
                            ? new LaneWrite.Spill(delivery(event, ENDPOINT))
                            : retry(delivery(event, ENDPOINT), 1, 0, DUE + event));
        }
        deliveries.add(delivery(9, ENDPOINT + 1));
        writes.add(new LaneWrite.Spill(delivery(9, ENDPOINT + 1)));
        write(tx -> {
            tx.insertFresh(deliveries);
            tx.apply(writes);
        });
        Backlogged head = head(2);
        assertThat(head.untried().rows())
                .extracting(queued -> queued.delivery().event())
                .containsExactly(1L, 2L);
        assertThat(head.untried().hasMore()).isTrue();
        assertThat(head.tried().rows())
                .extracting(queued -> queued.delivery().event())
                .containsExactly(4L, 5L);
        assertThat(head.tried().nextAt()).isEqualTo(DUE + 6);
        assertThat(head(3).untried().hasMore()).isFalse();
        assertThat(head(3).tried().hasMore()).isFalse();
        assertThat(head(0).untried().hasMore()).isTrue();
        assertThat(head(0).tried().nextAt()).isEqualTo(DUE + 4);
        assertThat(backlog().heads(List.of(load(ENDPOINT + 1, 5, false), load(ENDPOINT, 1, false))))
                .extracting(Backlogged::endpoint)
                .containsExactly(ENDPOINT + 1, ENDPOINT);
    }

    @Test
    default void aStrictHeadLeavesOutWhatIsBehindATriedOneOfItsCall() {
        write(tx -> {
            tx.insertFresh(List.of(delivery(1, ENDPOINT), delivery(2, ENDPOINT), ofOtherCall(3)));
            tx.apply(List.of(
                    retry(delivery(1, ENDPOINT), 1, 0, DUE),
                    new LaneWrite.Spill(delivery(2, ENDPOINT)),
                    new LaneWrite.Spill(ofOtherCall(3))));
        });
        Backlogged head = backlog().heads(List.of(load(ENDPOINT, 10, true))).getFirst();
        assertThat(head.untried().rows()).extracting(Queued::delivery).containsExactly(ofOtherCall(3));
        assertThat(head.tried().rows()).hasSize(1);
    }

    private Backlogged head(int limit) {
        return backlog().heads(List.of(load(ENDPOINT, limit, false))).getFirst();
    }

    private static Effect.Load load(long endpoint, int limit, boolean strict) {
        return new Effect.Load(endpoint, new Limits(limit, limit, limit, limit), strict);
    }

    private static Delivery ofOtherCall(long event) {
        return new Delivery(event, ENDPOINT, ACME, 501, 1, EventType.CALL_ENDED);
    }

    private static LaneWrite finish(Delivery delivery, int attempts) {
        return new LaneWrite.Finish(delivery, attempts, DeliveryEnd.SUCCEEDED, Given.success());
    }

    private static LaneWrite retry(Delivery delivery, int attempts, int step, long due) {
        return new LaneWrite.Retry(delivery, Rank.TRIED, attempts, step, due, NOW.toEpochMilli(), Given.failure());
    }
}
