package dev.ringpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.webhook.Webhook;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Much may happen between a read and its answer. */
class LateLoadTest {
    private static final long ENDPOINT = 4;
    private static final long NOW = 1_800_000_000_000L;

    private final ArrayDeque<Effect> effects = new ArrayDeque<>();
    private final List<Delivery> sent = new ArrayList<>();
    private final StoredQueue store = new StoredQueue();
    private final Webhook webhook = EngineGiven.webhook(ENDPOINT, List.of(Duration.ofSeconds(50)));
    private final Engine engine = new Engine(EngineSettings.DEFAULT, new Random(1), effects::add);

    @Test
    void whatWasReadBeforeItWasCancelledIsNotTaken() {
        Delivery delivery = stored(1);
        Backlogged read = store.head(firstLoad());
        store.apply(new LaneWrite.Finish(delivery, 0, DeliveryEnd.CANCELLED, null));
        engine.storeChanged(ENDPOINT);
        engine.loaded(read, webhook, NOW);
        carryOut();
        assertThat(sent).isEmpty();
    }

    @Test
    void whatFindsNoRoomIsLoadedLater() {
        Delivery delivery = stored(1);
        Backlogged read = store.head(firstLoad());
        for (long call = 100; call < 100 + Room.of(webhook); call++) {
            Delivery fresh = delivery(call);
            store.insert(fresh);
            engine.arrived(fresh, webhook, NOW);
        }
        engine.loaded(read, webhook, NOW);
        carryOut();
        for (int answered = 0; answered < sent.size(); answered++) {
            engine.finished(sent.get(answered), EngineGiven.result(Verdict.SUCCEEDED), NOW);
            carryOut();
        }
        assertThat(sent).contains(delivery).hasSize(1 + Room.of(webhook));
    }

    private static Delivery delivery(long call) {
        return new Delivery((NOW << 22) + call, ENDPOINT, EngineGiven.ACCOUNT, call, 1, EventType.CALL_STARTED);
    }

    /** It waits in the store only. */
    private Delivery stored(long call) {
        Delivery delivery = delivery(call);
        store.insert(delivery);
        store.apply(new LaneWrite.Spill(delivery));
        return delivery;
    }

    /** What a new engine asks for, not answered yet. */
    private Effect.Load firstLoad() {
        engine.restore(store.lane(ENDPOINT));
        engine.tick(NOW);
        return (Effect.Load) Objects.requireNonNull(effects.poll());
    }

    private void carryOut() {
        engine.tick(NOW);
        while (!effects.isEmpty()) {
            switch (effects.remove()) {
                case Effect.Write(LaneWrite write) -> {
                    store.apply(write);
                    engine.committed(write, NOW);
                }
                case Effect.Load load -> engine.loaded(store.head(load), webhook, NOW);
                case Effect.Send send -> sent.add(send.delivery());
                case Effect.Recall _, Effect.Disable _, Effect.Tell _ -> {}
            }
            engine.tick(NOW);
        }
    }
}
