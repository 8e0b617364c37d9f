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

/** A partial that waits in the store, and not in memory, is overtaken like any other. */
class OvertakenPartialTest {
    private static final long CALL = 3;

    private final ArrayDeque<Effect> effects = new ArrayDeque<>();
    private final List<Long> sent = new ArrayList<>();
    private final StoredQueue store = new StoredQueue();
    private final Webhook webhook = EngineGiven.webhook(4, List.of(Duration.ofSeconds(30)));
    private final Engine engine = new Engine(EngineSettings.DEFAULT, new Random(1), effects::add);
    private long now = 1_800_000_000_000L;
    private Verdict answer = Verdict.FAILED;

    @Test
    void theEndOfItsCallOvertakesWhatABreakerHoldsBack() {
        for (int call = 10; call < 20; call++) {
            arrives(call, EventType.CALL_STARTED);
        }
        sent.clear();
        long partial = arrives(CALL, EventType.TRANSCRIPT_PARTIAL);
        assertThat(sent).as("the breaker is open").isEmpty();
        engine.overtook(4, CALL, partial + 1);
        answer = Verdict.SUCCEEDED;
        for (int second = 0; second < 50; second++) {
            now += 1000;
            carryOut();
        }
        assertThat(sent).isNotEmpty().doesNotContain(partial);
    }

    private long arrives(long call, EventType type) {
        long event = (now++ << 22) + call;
        Delivery delivery = new Delivery(event, 4, EngineGiven.ACCOUNT, call, 1, type);
        store.insert(delivery);
        engine.arrived(delivery, webhook, now);
        carryOut();
        return event;
    }

    private void carryOut() {
        engine.tick(now);
        while (!effects.isEmpty()) {
            switch (effects.remove()) {
                case Effect.Write(LaneWrite write) -> {
                    store.apply(write);
                    engine.committed(write, now);
                }
                case Effect.Load load -> engine.loaded(store.head(load), webhook, now);
                case Effect.Recall(long endpoint) -> engine.remembered(endpoint, Health.UNKNOWN);
                case Effect.Send send -> {
                    sent.add(send.delivery().event());
                    engine.finished(send.delivery(), EngineGiven.result(answer), now);
                }
                case Effect.Disable _, Effect.Tell _ -> {}
            }
            engine.tick(now);
        }
    }
}
