package dev.ringpost.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.Limits;
import dev.ringpost.store.Given;
import org.junit.jupiter.api.Test;

/** What goes into one read of the store, where more is asked for than it may have. */
class StoreReadsTest {
    private static final long MANY = 1;
    private static final long FEW = 2;

    private final StoreReads.Waiting waiting = new StoreReads.Waiting();

    @Test
    void aCrowdOfLanesDoesNotHoldUpThePayloadsThatAreAskedForNext() {
        for (int lane = 0; lane < 10_000; lane++) {
            waiting.add(new Effect.Load(lane, new Limits(1, 1, 1, 1), false));
        }
        waiting.add(send(FEW, 1));

        StoreReads.Questions first = waiting.take();

        assertThat(first.lanes()).hasSize(64);
        assertThat(first.lanes().getFirst().endpoint()).isZero();
        assertThat(first.sends()).hasSize(1);
        assertThat(waiting.take().lanes().getFirst().endpoint()).isEqualTo(64);
    }

    @Test
    void payloadsAreReadByAccountInTurn() {
        for (int event = 1; event <= 1000; event++) {
            waiting.add(send(MANY, event));
        }
        waiting.add(send(FEW, 1001));

        assertThat(waiting.take().sends())
                .hasSize(64)
                .extracting(send -> send.delivery().account())
                .contains(FEW);
    }

    private static Effect.Send send(long account, long event) {
        Delivery delivery = new Delivery(event, 5, account, 9, 1, EventType.CALL_ENDED);
        return new Effect.Send(delivery, 1, 0, Given.webhook(5, account, "https://example.com"));
    }
}
