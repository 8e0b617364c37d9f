package dev.ringpost.store;

import static dev.ringpost.store.Given.ACME;
import static dev.ringpost.store.Given.NOW;
import static dev.ringpost.store.Given.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.Health;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Rank;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * An endpoint with a row in the queue has a lane that wakes no later than that row may run: else a crash between the row
 * and the lane's next save would let it wait for ever.
 */
public interface LaneRules extends StoreUnderTest {
    Health FAILING = new Health(4, 77, 1, 2, "status 500", 1, 3);

    @Test
    default void aRetryWakesItsLaneInTime() {
        write(tx -> {
            tx.insertFresh(List.of(of(1, 500), of(2, 500)));
            tx.apply(List.of(retry(of(1, 500), 9000)));
        });
        assertThat(lane()).isEqualTo(new LaneState(70, ACME, 9000, 500, Health.UNKNOWN));
        write(tx -> tx.apply(List.of(retry(of(2, 500), 9500))));
        assertThat(lane().nextAt()).isEqualTo(9000);
        assertThat(backlog().waitingLanes()).containsExactly(lane());
    }

    @Test
    default void aSpillWakesItsLaneAtOnceAndRaisesItsHighCall() {
        write(tx -> {
            tx.insertFresh(List.of(of(1, 600), of(2, 500), of(3, 500)));
            tx.apply(List.of(retry(of(3, 500), 9000)));
            tx.apply(List.of(new LaneWrite.Spill(of(1, 600)), new LaneWrite.Spill(of(2, 500))));
        });
        assertThat(lane().nextAt()).isZero();
        assertThat(lane().highCall()).isEqualTo(600);
    }

    @Test
    default void aSaveOverwritesAndLaterRowsStillWakeTheLane() {
        LaneState idle = new LaneState(70, ACME, Long.MAX_VALUE, 0, FAILING);
        write(tx -> {
            tx.insertFresh(List.of(of(1, 600), of(2, 500)));
            tx.apply(List.of(retry(of(1, 600), 9000), new LaneWrite.Save(idle)));
        });
        assertThat(lane()).isEqualTo(idle);
        // What waits is counted, and the breaker is open: so the lane is looked at after a restart all the same.
        assertThat(backlog().waitingLanes()).containsExactly(new LaneState(70, ACME, 0, 0, FAILING));
        write(tx -> tx.apply(List.of(retry(of(2, 500), 9500))));
        assertThat(lane()).isEqualTo(new LaneState(70, ACME, 9500, 500, FAILING));
    }

    @Test
    default void aSaveBeforeARowInOneBatchDoesNotHideTheRow() {
        LaneState idle = new LaneState(70, ACME, Long.MAX_VALUE, 0, FAILING);
        write(tx -> {
            tx.insertFresh(List.of(of(1, 600)));
            tx.apply(List.of(new LaneWrite.Save(idle), new LaneWrite.Spill(of(1, 600))));
        });
        assertThat(lane()).isEqualTo(new LaneState(70, ACME, 0, 600, FAILING));
    }

    @Test
    default void whatALaneDoesNotKnowOfThePastStays() {
        write(tx -> tx.apply(List.of(new LaneWrite.Save(new LaneState(70, ACME, Long.MAX_VALUE, 0, FAILING)))));
        Health succeeded = new Health(0, 0, 9, 0, null, 0, 0);
        write(tx -> tx.apply(List.of(new LaneWrite.Save(new LaneState(70, ACME, Long.MAX_VALUE, 0, succeeded)))));
        assertThat(lane().health()).isEqualTo(new Health(0, 0, 9, 2, "status 500", 0, 0));
        assertThat(backlog().health(70)).isEqualTo(lane().health());
        assertThat(backlog().health(71)).isEqualTo(Health.UNKNOWN);
        assertThat(backlog().waitingLanes()).isEmpty();
    }

    @Test
    default void theLengthOfTheQueueIsCounted() {
        write(tx -> {
            tx.insertFresh(List.of(of(1, 500), of(2, 500), of(3, 500)));
            tx.apply(List.of(retry(of(1, 500), 9000), new LaneWrite.Spill(of(2, 500))));
        });
        assertThat(records().queueLength(ACME, 70)).isEqualTo(2);
        assertThat(records().queueLength(OTHER, 70)).isZero();
        write(tx -> tx.apply(List.of(
                new LaneWrite.Retry(of(1, 500), Rank.TRIED, 2, 1, 9900, 8500, Given.failure()),
                new LaneWrite.Finish(of(2, 500), 0, DeliveryEnd.CANCELLED, null),
                new LaneWrite.Finish(of(2, 500), 0, DeliveryEnd.CANCELLED, null),
                new LaneWrite.Save(new LaneState(70, ACME, 5, 0, Health.UNKNOWN)))));
        assertThat(records().queueLength(ACME, 70)).isOne();
        write(tx -> tx.ask(of(3, 500), NOW));
        write(tx -> tx.ask(of(1, 500), NOW));
        assertThat(records().queueLength(ACME, 70)).isEqualTo(2);
    }

    @Test
    default void anotherAccountsLaneIsNeverFound() {
        write(tx -> tx.apply(List.of(new LaneWrite.Save(new LaneState(70, ACME, 5, 0, Health.UNKNOWN)))));
        assertThat(records().lane(ACME, 70)).isPresent();
        assertThat(records().lane(OTHER, 70)).isEmpty();
        assertThat(records().lane(ACME, 71)).isEmpty();
    }

    private LaneState lane() {
        return records().lane(ACME, 70).orElseThrow();
    }

    private static Delivery of(long event, long call) {
        return new Delivery(event, 70, ACME, call, 1, EventType.CALL_STARTED);
    }

    private static LaneWrite retry(Delivery delivery, long due) {
        return new LaneWrite.Retry(delivery, Rank.TRIED, 1, 0, due, 8000, Given.failure());
    }
}
