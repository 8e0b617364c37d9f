package dev.ringpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.webhook.Webhook;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is read while a repair is under way in the store is due at once as well. */
class LateRepairTest {
    private final ArrayDeque<Effect> effects = new ArrayDeque<>();
    private final StoredQueue store = new StoredQueue();
    private final Webhook webhook = EngineGiven.webhook(4, List.of(Duration.ofSeconds(50)));
    private final Engine engine = new Engine(EngineSettings.DEFAULT, new Random(1), effects::add);
    private final long now = 1_800_000_000_000L;

    @Test
    void aDeliveryReadBeforeTheRepairReachedItGoesAtOnce() {
        Delivery delivery = new Delivery(now << 22, 4, EngineGiven.ACCOUNT, 3, 1, EventType.CALL_STARTED);
        store.insert(delivery);
        store.apply(new LaneWrite.Retry(
                delivery, Rank.TRIED, 1, 1, now + 50_000, now - 1, EngineGiven.result(Verdict.FAILED)));
        engine.restore(store.lane(4));
        engine.repaired(4, EngineGiven.ACCOUNT, now);
        carryOut();
        assertThat(effects).as("it is in memory, and not due").isEmpty();
        store.makeDue(4, now);
        engine.storeChanged(4);
        engine.tick(now);
        assertThat(carryOut()).isTrue();
    }

    /** True where an attempt was begun. */
    private boolean carryOut() {
        boolean sent = false;
        engine.tick(now);
        while (!effects.isEmpty()) {
            switch (effects.remove()) {
                case Effect.Write(LaneWrite write) -> {
                    store.apply(write);
                    engine.committed(write, now);
                }
                case Effect.Load load -> engine.loaded(store.head(load), webhook, now);
                case Effect.Send _ -> sent = true;
                case Effect.Recall _, Effect.Disable _, Effect.Tell _ -> {}
            }
            engine.tick(now);
        }
        return sent;
    }
}
