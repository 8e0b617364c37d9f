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

/** What is ended in the store, by a sweep or with its endpoint, is over in memory too. */
class EndedElsewhereTest {
    private static final long ENDPOINT = 4;

    private final ArrayDeque<Effect> effects = new ArrayDeque<>();
    private final StoredQueue store = new StoredQueue();
    private final Webhook webhook = EngineGiven.webhook(ENDPOINT, List.of(Duration.ofSeconds(50)));
    private final Engine engine = new Engine(EngineSettings.DEFAULT, new Random(1), effects::add);
    private long now = 1_800_000_000_000L;
    private int sent;

    @Test
    void whatALoadBringsWhileASweepRunsDoesNotGoAfterIt() {
        Delivery delivery = new Delivery(now << 22, ENDPOINT, EngineGiven.ACCOUNT, 3, 1, EventType.CALL_STARTED);
        store.insert(delivery);
        store.apply(new LaneWrite.Retry(
                delivery, Rank.TRIED, 1, 1, now + 50_000, now - 1, EngineGiven.result(Verdict.FAILED)));
        engine.restore(store.lane(ENDPOINT));
        Sweep.Cancel sweep =
                new Sweep.Unsubscribed(delivery.event() + 1, EngineGiven.ACCOUNT, ENDPOINT, EventType.OF_CALLS);
        assertThat(engine.cancel(ENDPOINT, sweep)).isEmpty();
        carryOut();
        assertThat(engine.view().inMemory()).isEqualTo(1);
        store.apply(new LaneWrite.Finish(delivery, 1, DeliveryEnd.CANCELLED, null));
        engine.storeChanged(ENDPOINT);
        engine.swept(ENDPOINT, sweep);
        carryOut();
        now += 60_000;
        carryOut();
        assertThat(sent).isZero();
        assertThat(engine.view().inMemory()).isZero();
    }

    @Test
    void aDeletedEndpointLeavesMemoryThoughItsBreakerIsOpen() {
        for (int i = 0; i < 5; i++) {
            Delivery delivery =
                    new Delivery((now << 22) + i, ENDPOINT, EngineGiven.ACCOUNT, 3 + i, 1, EventType.CALL_STARTED);
            store.insert(delivery);
            engine.arrived(delivery, webhook, now);
            carryOut();
        }
        assertThat(engine.view().breakersOpen()).isEqualTo(1);
        engine.deleted(ENDPOINT);
        carryOut();
        now += 60_000;
        carryOut();
        assertThat(engine.view().lanes()).isZero();
        assertThat(store.lane(ENDPOINT).health().probeAt()).isZero();
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
                    sent++;
                    engine.finished(send.delivery(), EngineGiven.result(Verdict.FAILED), now);
                }
                case Effect.Disable _, Effect.Tell _ -> {}
            }
            engine.tick(now);
        }
    }
}
