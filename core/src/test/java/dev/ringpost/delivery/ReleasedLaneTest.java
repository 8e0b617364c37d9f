package dev.ringpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.webhook.Webhook;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the next owner of an endpoint reads tells of everything that waits there. */
class ReleasedLaneTest {
    private static final long ENDPOINT = 4;
    private static final long NOW = 1_800_000_000_000L;

    private final ArrayDeque<Effect> effects = new ArrayDeque<>();
    private final List<Delivery> sent = new ArrayList<>();
    private final StoredQueue store = new StoredQueue();
    private final Webhook webhook = EngineGiven.webhook(ENDPOINT, List.of(Duration.ofSeconds(50)));
    private final Engine engine = new Engine(EngineSettings.DEFAULT, new Random(1), effects::add);

    @Test
    void theCallOfWhatWaitedInMemoryIsKnown() {
        for (long call = 1; call <= 3; call++) {
            Delivery delivery =
                    new Delivery((NOW << 22) + call, ENDPOINT, EngineGiven.ACCOUNT, call, 1, EventType.CALL_STARTED);
            store.insert(delivery);
            store.apply(new LaneWrite.Spill(delivery));
        }
        engine.restore(store.lane(ENDPOINT));
        carryOut();
        assertThat(sent).as("a new endpoint gets two at once").hasSize(2);
        engine.release(endpoint -> endpoint == ENDPOINT);
        carryOut();
        sent.forEach(each -> engine.finished(each, EngineGiven.result(Verdict.SUCCEEDED), NOW));
        carryOut();
        assertThat(engine.holds(endpoint -> true)).isFalse();
        assertThat(store.lane(ENDPOINT).highCall()).isEqualTo(3);
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
