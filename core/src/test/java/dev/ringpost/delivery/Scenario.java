package dev.ringpost.delivery;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult.Reach;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookOptions;
import dev.ringpost.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An engine, a store and receivers with a clock of their own: what a test fires is played to the millisecond. */
final class Scenario {
    /** A commit, and a read. */
    private static final long STORE_MILLIS = 2;

    final ScenarioStore store = new ScenarioStore();
    final List<Attempt> attempts = new ArrayList<>();
    final Map<Long, Integer> inFlightTo = new HashMap<>();
    long now = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
    /** How far the clock that stamps events is ahead of the engine's. */
    Duration stampsAhead = Duration.ZERO;

    int inFlight;
    int mostInFlight;
    Receivers receivers = (send, at) -> Answer.ok(20);
    Engine engine;

    private final Map<Long, Integer> mostTo = new HashMap<>();
    private final Map<Long, Webhook> webhooks = new HashMap<>();
    private final PriorityQueue<Step> steps =
            new PriorityQueue<>(Comparator.comparingLong(Step::at).thenComparingLong(Step::order));
    private final Random random;
    private long order;
    private long events;
    private int generation;

    /** What every endpoint answers. */
    interface Receivers {
        Answer to(Effect.Send send, long now);
    }

    record Answer(Verdict verdict, Reach reach, long millis) {
        static Answer ok(long millis) {
            return new Answer(Verdict.SUCCEEDED, Reach.REACHED, millis);
        }

        static Answer error(long millis) {
            return new Answer(Verdict.FAILED, Reach.REACHED, millis);
        }

        static Answer tooMuch() {
            return new Answer(Verdict.OVERLOADED, Reach.REACHED, 5);
        }

        static Answer refused() {
            return new Answer(Verdict.FAILED, Reach.UNREACHABLE, 1);
        }

        static Answer timeout() {
            return new Answer(Verdict.OVERLOADED, Reach.UNREACHABLE, 10_000);
        }
    }

    /** One that has ended. */
    record Attempt(Delivery delivery, int number, long begun, Verdict verdict) {}

    private record Step(long at, long order, Runnable what) {}

    Scenario(long seed) {
        random = new Random(seed);
        engine = newEngine();
    }

    /** An endpoint of its own host. */
    Webhook webhook(long no, long account, int maxInFlight, @Nullable Integer rateLimit) {
        WebhookOptions options = new WebhookOptions(
                Set.of(),
                Set.of(),
                Duration.ofSeconds(10),
                WebhookOptions.DEFAULT.retrySchedule(),
                Ordering.CALL,
                maxInFlight,
                rateLimit,
                null,
                WebhookOptions.DEFAULT.headers());
        Webhook webhook = new Webhook(
                no,
                account,
                WebhookKind.ACCOUNT,
                "w" + no,
                "https://host-" + no + ".example/hook",
                EnumSet.allOf(EventType.class),
                WebhookStatus.ACTIVE,
                null,
                options,
                List.of(),
                Instant.EPOCH,
                Instant.EPOCH);
        webhooks.put(no, webhook);
        return webhook;
    }

    int webhookCount() {
        return webhooks.size();
    }

    /** A committed event, and the one delivery that it makes. */
    Delivery fire(long endpoint, long call, int sequence, EventType type) {
        Webhook webhook = webhookOf(endpoint);
        Delivery delivery = new Delivery(newCall(), endpoint, webhook.account(), call, sequence, type);
        store.insert(delivery);
        engine.arrived(delivery, webhook, now);
        return delivery;
    }

    /** A number for a call or an event that is made now. */
    long newCall() {
        return ((now + stampsAhead.toMillis()) << 22) + ++events;
    }

    void at(long time, Runnable what) {
        steps.add(new Step(time, order++, what));
    }

    void run(Duration time) {
        long end = now + time.toMillis();
        engine.tick(now);
        while (true) {
            long next = Math.min(
                    steps.isEmpty() ? Long.MAX_VALUE : steps.element().at(), Math.max(now + 1, engine.nextTickAt()));
            if (next > end) {
                break;
            }
            now = Math.max(now, next);
            while (!steps.isEmpty() && steps.element().at() <= now) {
                steps.remove().what().run();
            }
            engine.tick(now);
        }
        now = end;
    }

    /** Time passes and nothing happens, as for a process that is stopped. */
    void standStill(Duration time) {
        now += time.toMillis();
    }

    /** The most that were in flight to the endpoint at once. */
    int mostTo(long endpoint) {
        return mostTo.getOrDefault(endpoint, 0);
    }

    /** What was in flight is in flight no longer; a new engine has what the store has. */
    void restart() {
        generation++;
        steps.clear();
        inFlight = 0;
        inFlightTo.clear();
        engine = newEngine();
        store.waitingLanes().forEach(engine::restore);
        store.fresh().forEach(delivery -> engine.arrived(delivery, webhookOf(delivery.endpoint()), now));
    }

    private Engine newEngine() {
        int own = generation;
        return new Engine(EngineSettings.DEFAULT, random, effect -> {
            if (own == generation) {
                take(effect);
            }
        });
    }

    private void take(Effect effect) {
        switch (effect) {
            case Effect.Send send -> send(send);
            case Effect.Write(LaneWrite write) ->
                at(now + STORE_MILLIS, () -> {
                    store.apply(write);
                    engine.committed(write, now);
                });
            case Effect.Load load ->
                at(now + STORE_MILLIS, () -> engine.loaded(store.head(load), webhookOf(load.endpoint()), now));
            case Effect.Recall(long endpoint) ->
                at(
                        now + STORE_MILLIS,
                        () -> engine.remembered(endpoint, store.lane(endpoint).health()));
            case Effect.Disable _, Effect.Tell _ -> {}
        }
    }

    private void send(Effect.Send send) {
        long begun = now;
        Answer answer = receivers.to(send, now);
        mostInFlight = Math.max(mostInFlight, ++inFlight);
        int to = inFlightTo.merge(send.delivery().endpoint(), 1, Integer::sum);
        mostTo.merge(send.delivery().endpoint(), to, Math::max);
        at(now + answer.millis(), () -> {
            inFlight--;
            inFlightTo.merge(send.delivery().endpoint(), -1, Integer::sum);
            attempts.add(new Attempt(send.delivery(), send.attempt(), begun, answer.verdict()));
            engine.finished(send.delivery(), result(answer, send.webhook().url()), now);
        });
    }

    private static AttemptResult result(Answer answer, String url) {
        boolean answered = answer.reach() == Reach.REACHED;
        return new AttemptResult(
                answer.verdict(),
                answer.reach(),
                url,
                answered ? (answer.verdict() == Verdict.SUCCEEDED ? 200 : 500) : null,
                null,
                Map.of(),
                answer.verdict() == Verdict.SUCCEEDED ? null : "it failed",
                Duration.ofMillis(answer.millis()),
                null);
    }

    private Webhook webhookOf(long endpoint) {
        Webhook webhook = webhooks.get(endpoint);
        if (webhook == null) {
            throw new IllegalStateException("There is no endpoint " + endpoint);
        }
        return webhook;
    }
}
