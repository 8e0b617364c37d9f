package dev.ringpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.webhook.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** An endpoint is given up after 5 days without a success, 20 failed attempts or more, on at least 4 of those days. */
class HopelessEndpointTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final List<Effect.Disable> disabled = new ArrayList<>();
    private final ArrayDeque<Effect> effects = new ArrayDeque<>();
    private final StoredQueue store = new StoredQueue();
    private final Webhook webhook = EngineGiven.webhook(4, List.of());
    private Engine engine = new Engine(EngineSettings.DEFAULT, new Random(1), effects::add);
    private long now = Instant.parse("2026-11-25T12:00:00Z").toEpochMilli();
    private Verdict answer = Verdict.FAILED;
    private long events;

    @Test
    void itIsGivenUpAfterFiveDaysOfFailures() {
        days(5, 5);
        assertThat(disabled).isEmpty();
        days(1, 5);
        assertThat(disabled).isNotEmpty();
        assertThat(disabled.getFirst().reason()).contains("5 days").contains("HTTP 500");
    }

    @Test
    void itIsKeptWhileFewAttemptsFail() {
        days(7, 2);
        assertThat(disabled).isEmpty();
    }

    @Test
    void itIsKeptWhileAttemptsFailOnFewDays() {
        days(3, 8);
        now += Duration.ofDays(9).toMillis();
        assertThat(disabled).isEmpty();
        engine.repaired(4, 7, now);
        fail(30);
        assertThat(disabled).isEmpty();
    }

    @Test
    void aSuccessStartsAfresh() {
        days(5, 5);
        answer = Verdict.SUCCEEDED;
        now += HOUR.toMillis();
        fail(1);
        answer = Verdict.FAILED;
        days(5, 5);
        assertThat(disabled).isEmpty();
        days(1, 5);
        assertThat(disabled).isNotEmpty();
    }

    @Test
    void aRepairStartsAfresh() {
        days(5, 5);
        engine.repaired(4, 7, now);
        days(5, 5);
        assertThat(disabled).isEmpty();
        days(1, 5);
        assertThat(disabled).isNotEmpty();
    }

    @Test
    void itIsRememberedOverARestart() {
        for (int day = 0; day < 6; day++) {
            days(1, 5);
            engine = new Engine(EngineSettings.DEFAULT, new Random(day), effects::add);
            engine.restore(store.lane(4));
        }
        assertThat(disabled).isNotEmpty();
    }

    @Test
    void aLaneThatComesBackToMemoryAsksForItsPast() {
        days(5, 5);
        engine = new Engine(EngineSettings.DEFAULT, new Random(9), effects::add);
        days(1, 5);
        assertThat(disabled).isNotEmpty();
    }

    /** So many days, with so many failed attempts each. */
    private void days(int days, int attempts) {
        for (int day = 0; day < days; day++) {
            fail(attempts);
            now += Duration.ofDays(1).minus(HOUR.multipliedBy(attempts)).toMillis();
        }
    }

    /** Attempts an hour apart, so that a probe is always due; without a retry schedule, so that each event has one. */
    private void fail(int attempts) {
        for (int i = 0; i < attempts; i++) {
            long event = (now << 22) + ++events;
            Delivery delivery = new Delivery(event, 4, 7, events, 1, EventType.CALL_ENDED);
            store.insert(delivery);
            engine.arrived(delivery, webhook, now);
            answerAll();
            now += HOUR.toMillis();
        }
    }

    private void answerAll() {
        engine.tick(now);
        while (!effects.isEmpty()) {
            switch (effects.remove()) {
                case Effect.Write(LaneWrite write) -> {
                    store.apply(write);
                    engine.committed(write, now);
                }
                case Effect.Load load -> engine.loaded(store.head(load), webhook, now);
                case Effect.Recall(long endpoint) ->
                    engine.remembered(endpoint, store.lane(endpoint).health());
                case Effect.Disable disable -> disabled.add(disable);
                case Effect.Tell _ -> {}
                case Effect.Send send -> engine.finished(send.delivery(), EngineGiven.result(answer), now);
            }
            engine.tick(now);
        }
    }
}
