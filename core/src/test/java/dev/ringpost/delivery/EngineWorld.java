package dev.ringpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.delivery.StoredQueue.DeliveryKey;
import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookOptions;
import dev.ringpost.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/**
 * A small world for the engine: virtual time, a store whose commits and reads come late, receivers that fail, crashes.
 * Every step checks what must always hold.
 */
final class EngineWorld {
    private static final long START = Instant.parse("2026-11-25T00:00:00Z").toEpochMilli();
    static final int ENDPOINTS = 4;

    final Random random;
    long now = START;
    private long counter;
    StoredQueue store = new StoredQueue();
    final Map<Long, Webhook> webhooks = new HashMap<>();
    private final Map<Long, Boolean> sick = new HashMap<>();
    private final ArrayDeque<LaneWrite> uncommitted = new ArrayDeque<>();
    private final ArrayDeque<LaneWrite> committed = new ArrayDeque<>();
    private final ArrayDeque<Effect.Load> loads = new ArrayDeque<>();
    private final List<Backlogged> answers = new ArrayList<>();
    final Map<DeliveryKey, Effect.Send> inFlight = new HashMap<>();
    private final Map<DeliveryKey, Integer> attempts = new HashMap<>();
    private final Set<DeliveryKey> succeeded = new HashSet<>();
    private final Set<DeliveryKey> triedOnce = new HashSet<>();
    final List<Delivery> acknowledged = new ArrayList<>();
    private final Map<Long, List<Delivery>> byCall = new HashMap<>();
    private final List<Delivery> notArrived = new ArrayList<>();
    private final Map<Long, Integer> sequence = new HashMap<>();
    private final Set<Long> repaired = new HashSet<>();
    private Engine engine;
    private final Ordering ordering;

    EngineWorld(long seed, Ordering ordering) {
        this.random = new Random(seed);
        this.ordering = ordering;
        for (long no = 1; no <= ENDPOINTS; no++) {
            webhooks.put(no, webhook(no, WebhookStatus.ACTIVE, EnumSet.allOf(EventType.class)));
        }
        this.engine = newEngine();
    }

    Webhook webhook(long no, WebhookStatus status, Set<EventType> events) {
        WebhookOptions defaults = WebhookOptions.DEFAULT;
        WebhookOptions options = new WebhookOptions(
                Set.of(),
                Set.of(),
                Duration.ofSeconds(10),
                List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30)),
                ordering,
                no == 1 ? 2 : 8,
                no == 2 ? 3 : null,
                null,
                defaults.headers());
        Instant created = Instant.ofEpochMilli(START);
        return new Webhook(
                no,
                7,
                WebhookKind.ACCOUNT,
                "w",
                "http://r/" + no,
                events,
                status,
                null,
                options,
                List.of(),
                created,
                created);
    }

    private Engine newEngine() {
        return new Engine(new EngineSettings(24, 16), new Random(random.nextLong()), this::take);
    }

    private void take(Effect effect) {
        switch (effect) {
            case Effect.Write(LaneWrite write) -> uncommitted.add(write);
            case Effect.Load load -> loads.add(load);
            case Effect.Send send -> send(send);
            case Effect.Disable _, Effect.Tell _ -> {}
        }
    }

    private void send(Effect.Send send) {
        Delivery delivery = send.delivery();
        DeliveryKey key = DeliveryKey.of(delivery);
        assertThat(inFlight).as("one attempt of a delivery at a time").doesNotContainKey(key);
        assertThat(succeeded).as("no attempt after a success").doesNotContain(key);
        assertThat(store.holds(delivery))
                .as("only what the store holds is sent: " + delivery)
                .isTrue();
        assertThat(webhooks.get(delivery.endpoint()))
                .as("nothing is sent to a deleted or paused endpoint")
                .isNotNull()
                .matches(Webhook::isActive);
        assertThat(send.webhook()).isSameAs(webhooks.get(delivery.endpoint()));
        if (ordering != Ordering.NONE && send.attempt() == 1) {
            checkOrder(delivery);
        }
        inFlight.put(key, send);
        long toEndpoint = inFlight.keySet().stream()
                .filter(k -> k.endpoint() == delivery.endpoint())
                .count();
        assertThat(toEndpoint).isLessThanOrEqualTo(send.webhook().options().maxInFlight());
        assertThat(inFlight.size()).isLessThanOrEqualTo(24);
        Queued row = store.queue.get(key);
        assertThat(send.attempt()).isEqualTo(row == null ? 1 : row.attempts() + 1);
        if (row != null && row.place() instanceof Place.Tried(long dueAt) && !repaired.contains(delivery.endpoint())) {
            assertThat(dueAt).as("not before its time").isLessThanOrEqualTo(now);
        }
    }

    private void checkOrder(Delivery delivery) {
        for (Delivery earlier : byCall.getOrDefault(delivery.call(), List.of())) {
            if (earlier.endpoint() == delivery.endpoint() && earlier.event() < delivery.event()) {
                DeliveryKey key = DeliveryKey.of(earlier);
                boolean passed = ordering == Ordering.CALL ? triedOnce.contains(key) : false;
                assertThat(passed || store.ended.containsKey(key) || isEnding(key))
                        .as("%s goes before %s", delivery, earlier)
                        .isTrue();
            }
        }
    }

    /** The write that ends it is under way. */
    private boolean isEnding(DeliveryKey key) {
        return uncommitted.stream()
                .anyMatch(w -> w instanceof LaneWrite.Finish f
                        && DeliveryKey.of(f.delivery()).equals(key));
    }

    void fire(long call, EventType type) {
        long event = (now << 22) + counter++;
        int seq = sequence.merge(call, 1, Integer::sum);
        for (Webhook webhook : webhooks.values()) {
            if (webhook.isActive() && webhook.events().contains(type)) {
                Delivery delivery = new Delivery(event, webhook.no(), 7, call, seq, type);
                store.insert(delivery);
                acknowledged.add(delivery);
                byCall.computeIfAbsent(call, no -> new ArrayList<>()).add(delivery);
                notArrived.add(delivery);
            }
        }
    }

    void deliverArrivals() {
        for (Delivery delivery : notArrived) {
            Webhook webhook = webhooks.get(delivery.endpoint());
            if (webhook != null) {
                engine.arrived(delivery, webhook, now);
            }
        }
        notArrived.clear();
    }

    void commitSome(int most) {
        for (int i = 0; i < most && !uncommitted.isEmpty(); i++) {
            LaneWrite write = uncommitted.remove();
            store.apply(write);
            committed.add(write);
        }
    }

    void tellCommitted() {
        while (!committed.isEmpty()) {
            engine.committed(committed.remove(), now);
        }
    }

    void readLoads() {
        while (!loads.isEmpty()) {
            answers.add(store.head(loads.remove()));
        }
    }

    void answerLoads() {
        for (Backlogged answer : answers) {
            engine.loaded(answer, webhooks.get(answer.endpoint()), now);
        }
        answers.clear();
    }

    void finishOne() {
        if (inFlight.isEmpty()) {
            return;
        }
        List<DeliveryKey> keys = new ArrayList<>(inFlight.keySet());
        keys.sort((a, b) ->
                a.event() != b.event() ? Long.compare(a.event(), b.event()) : Long.compare(a.endpoint(), b.endpoint()));
        DeliveryKey key = keys.get(random.nextInt(keys.size()));
        Effect.Send send = Objects.requireNonNull(inFlight.remove(key));
        triedOnce.add(key);
        attempts.merge(key, 1, Integer::sum);
        boolean fails = sick.getOrDefault(key.endpoint(), false) || random.nextInt(10) == 0;
        Verdict verdict = !fails ? Verdict.SUCCEEDED : random.nextBoolean() ? Verdict.FAILED : Verdict.OVERLOADED;
        if (verdict == Verdict.SUCCEEDED) {
            succeeded.add(key);
        }
        engine.finished(send.delivery(), result(verdict), now);
    }

    static AttemptResult result(Verdict verdict) {
        return new AttemptResult(
                verdict,
                "http://r",
                verdict == Verdict.SUCCEEDED ? 200 : 500,
                null,
                Map.of(),
                verdict == Verdict.SUCCEEDED ? null : "HTTP 500",
                Duration.ofMillis(3),
                null);
    }

    void setSick(long endpoint, boolean isSick) {
        sick.put(endpoint, isSick);
    }

    void change(long endpoint, WebhookStatus status, Set<EventType> events) {
        if (webhooks.containsKey(endpoint)) {
            Webhook changed = webhook(endpoint, status, events);
            webhooks.put(endpoint, changed);
            engine.changed(changed, now);
        }
    }

    void repair(long endpoint) {
        repaired.add(endpoint);
        engine.repaired(endpoint, now);
    }

    void delete(long endpoint) {
        webhooks.remove(endpoint);
        engine.deleted(endpoint);
    }

    /** What is committed stays; everything else is gone. Receivers remember what they got. */
    void crash() {
        uncommitted.clear();
        committed.clear();
        loads.clear();
        answers.clear();
        inFlight.clear();
        notArrived.clear();
        // What succeeded but was not recorded may be sent again: at least once.
        succeeded.removeIf(key -> !store.ended.containsKey(key));
        engine = newEngine();
        store.lanes.values().stream()
                .filter(lane -> lane.nextAt() != Long.MAX_VALUE)
                .forEach(engine::restore);
        for (Delivery delivery : List.copyOf(store.fresh.values())) {
            Webhook webhook = webhooks.get(delivery.endpoint());
            if (webhook != null) {
                engine.arrived(delivery, webhook, now);
            } else {
                store.fresh.remove(DeliveryKey.of(delivery));
                store.ended.put(DeliveryKey.of(delivery), DeliveryEnd.CANCELLED);
            }
        }
    }

    void tick() {
        engine.tick(now);
    }

    /** Everything healthy and nothing new: steps until nothing waits. Fails where that takes more than two days. */
    void drain() {
        for (long no = 1; no <= ENDPOINTS; no++) {
            setSick(no, false);
            if (webhooks.containsKey(no)) {
                change(no, WebhookStatus.ACTIVE, EnumSet.allOf(EventType.class));
            }
        }
        long until = now + Duration.ofDays(2).toMillis();
        while (!(store.fresh.isEmpty() && store.queue.isEmpty())) {
            if (now >= until) {
                throw new AssertionError("Waits for ever: " + describe(""));
            }
            step();
            if (isQuiet()) {
                long next = engine.nextTickAt();
                if (next == Long.MAX_VALUE) {
                    throw new AssertionError("Nothing will wake the engine, and these wait: " + describe(""));
                }
                now = Math.max(now + 1, next);
            }
        }
    }

    void step() {
        deliverArrivals();
        tick();
        commitSome(1000);
        tellCommitted();
        readLoads();
        answerLoads();
        tick();
        int some = inFlight.size();
        for (int i = 0; i < some; i++) {
            finishOne();
        }
        tick();
    }

    private boolean isQuiet() {
        return uncommitted.isEmpty() && committed.isEmpty() && loads.isEmpty() && inFlight.isEmpty();
    }

    String describe(String what) {
        return what + " fresh=" + store.fresh.size() + " queue="
                + store.queue.values().stream().limit(3).toList() + " now=" + now + " lanes=" + store.lanes.values();
    }

    void checkAllEnded() {
        for (Delivery delivery : acknowledged) {
            DeliveryKey key = DeliveryKey.of(delivery);
            assertThat(store.ended)
                    .as("nothing acknowledged is lost: " + delivery)
                    .containsKey(key);
            DeliveryEnd end = store.ended.get(key);
            if (end == DeliveryEnd.SUPERSEDED) {
                assertThat(delivery.type()).isEqualTo(EventType.TRANSCRIPT_PARTIAL);
            }
            if (end == DeliveryEnd.GAVE_UP) {
                assertThat(attempts.getOrDefault(key, 0)).isGreaterThanOrEqualTo(4);
            }
        }
    }
}
