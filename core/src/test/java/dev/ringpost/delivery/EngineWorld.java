package dev.ringpost.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.delivery.StoredQueue.DeliveryKey;
import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
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

    /** Far more than any world needs to come to rest. */
    private static final int MOST_STEPS = 20_000;

    final Random random;
    long now = START;
    private long counter;
    StoredQueue store = new StoredQueue();
    final Map<Long, Webhook> webhooks = new HashMap<>();
    private final Map<Long, Boolean> sick = new HashMap<>();
    private final WorldCommits commits = new WorldCommits(store);
    private final ArrayDeque<Effect.Load> loads = new ArrayDeque<>();
    private final ArrayDeque<Effect.Recall> recalls = new ArrayDeque<>();
    private final List<Backlogged> answers = new ArrayList<>();
    final Map<DeliveryKey, Effect.Send> inFlight = new HashMap<>();
    private final Map<DeliveryKey, Integer> attempts = new HashMap<>();
    private final Set<DeliveryKey> succeeded = new HashSet<>();
    private final Set<DeliveryKey> triedOnce = new HashSet<>();
    private final Set<DeliveryKey> outOfOrder = new HashSet<>();
    private final Set<Long> erased = new HashSet<>();
    private final Set<Sweep> sweeps = new HashSet<>();
    private final Map<Long, Integer> replays = new HashMap<>();
    final List<Delivery> acknowledged = new ArrayList<>();
    private final Map<Long, List<Delivery>> byCall = new HashMap<>();
    private final List<Delivery> notArrived = new ArrayList<>();
    private final Map<Long, Integer> sequence = new HashMap<>();
    private final Map<Long, Long> repairedAt = new HashMap<>();
    private Engine engine;

    EngineWorld(long seed, Ordering ordering) {
        this.random = new Random(seed);
        for (long no = 1; no <= ENDPOINTS; no++) {
            webhooks.put(
                    no, WorldWebhooks.of(no, WebhookStatus.ACTIVE, EnumSet.allOf(EventType.class), ordering, START));
        }
        this.engine = newEngine();
    }

    private Engine newEngine() {
        return new Engine(new EngineSettings(24, 16), new Random(random.nextLong()), this::take);
    }

    private void take(Effect effect) {
        switch (effect) {
            case Effect.Write(LaneWrite write) -> commits.add(write);
            case Effect.Load load -> loads.add(load);
            case Effect.Recall recall -> recalls.add(recall);
            case Effect.Send send -> send(send);
            case Effect.Disable _, Effect.Tell _ -> {}
        }
    }

    private void send(Effect.Send send) {
        Delivery delivery = send.delivery();
        DeliveryKey key = DeliveryKey.of(delivery);
        assertThat(inFlight).as("one attempt of a delivery at a time").doesNotContainKey(key);
        assertThat(succeeded).as("no attempt after a success").doesNotContain(key);
        assertThat(erased).as("nothing of an erased call is sent").doesNotContain(delivery.call());
        assertThat(store.holds(delivery))
                .as("only what the store holds is sent: " + delivery)
                .isTrue();
        Webhook webhook = webhooks.get(delivery.endpoint());
        assertThat(webhook)
                .as("nothing is sent to a deleted or paused endpoint")
                .isNotNull()
                .matches(Webhook::isActive);
        assertThat(send.webhook()).isSameAs(webhook);
        assertThat(send.webhook().events()).contains(delivery.type());
        checkOrder(send);
        inFlight.put(key, send);
        long toEndpoint = inFlight.keySet().stream()
                .filter(k -> k.endpoint() == delivery.endpoint())
                .count();
        assertThat(toEndpoint).isLessThanOrEqualTo(send.webhook().options().maxInFlight());
        assertThat(inFlight.size()).isLessThanOrEqualTo(24);
        Queued row = store.queue.get(key);
        assertThat(send.attempt()).isEqualTo(row == null ? 1 : row.attempts() + 1);
        boolean asked = outOfOrder.contains(key);
        if (row != null
                && !asked
                && store.failedAt.getOrDefault(key, 0L) > repairedAt.getOrDefault(delivery.endpoint(), 0L)) {
            assertThat(row.dueAt()).as("not before its time").isLessThanOrEqualTo(now);
        }
    }

    private void checkOrder(Effect.Send send) {
        Delivery delivery = send.delivery();
        Ordering ordering = send.webhook().options().ordering();
        if (ordering == Ordering.NONE || send.attempt() > 1 || outOfOrder.contains(DeliveryKey.of(delivery))) {
            return;
        }
        for (Delivery earlier : byCall.getOrDefault(delivery.call(), List.of())) {
            if (earlier.endpoint() == delivery.endpoint() && earlier.event() < delivery.event()) {
                DeliveryKey key = DeliveryKey.of(earlier);
                boolean passed = outOfOrder.contains(key) || (ordering == Ordering.CALL && triedOnce.contains(key));
                assertThat(passed || store.ended.containsKey(key) || commits.isEnding(key))
                        .as("%s goes before %s", delivery, earlier)
                        .isTrue();
            }
        }
    }

    void fire(long call, EventType type) {
        if (erased.contains(call)) {
            return;
        }
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
        commits.commit(most, random);
    }

    void tellCommitted() {
        commits.tell(engine, now);
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
        while (!recalls.isEmpty()) {
            long endpoint = recalls.remove().endpoint();
            engine.remembered(endpoint, store.lane(endpoint).health());
        }
    }

    void finishOne() {
        if (inFlight.isEmpty()) {
            return;
        }
        List<DeliveryKey> keys = new ArrayList<>(inFlight.keySet());
        keys.sort(Comparator.comparingLong(DeliveryKey::event).thenComparingLong(DeliveryKey::endpoint));
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

    void change(long endpoint, WebhookStatus status, Set<EventType> events, Ordering ordering) {
        Webhook before = webhooks.get(endpoint);
        if (before != null) {
            Webhook changed = WorldWebhooks.of(
                    endpoint, status, events, ordering, before.updatedAt().toEpochMilli() + 1);
            webhooks.put(endpoint, changed);
            engine.changed(changed, now);
            Set<EventType> removed = EnumSet.copyOf(before.events());
            removed.removeAll(events);
            if (!removed.isEmpty()) {
                begin(new Sweep.Unsubscribed((now << 22) + counter++, 7, endpoint, removed));
            }
        }
    }

    void repair(long endpoint) {
        begin(new Sweep.Repair((now << 22) + counter++, 7, endpoint));
    }

    void erase(long call) {
        erased.add(call);
        begin(new Sweep.Erased((now << 22) + counter++, 7, call));
    }

    private void begin(Sweep sweep) {
        sweeps.add(sweep);
        sweep(sweep);
    }

    private void sweep(Sweep sweep) {
        switch (sweep) {
            case Sweep.Repair repair -> {
                engine.repaired(repair.endpoint(), 7, now);
                repairedAt.put(repair.endpoint(), now);
                makeDue(repair, now);
            }
            case Sweep.Erased cancel -> {
                Map<Long, Set<Long>> busy = new HashMap<>();
                for (long endpoint = 1; endpoint <= ENDPOINTS; endpoint++) {
                    busy.put(endpoint, engine.cancel(endpoint, cancel));
                }
                cancel(cancel, 1, busy);
            }
            case Sweep.Unsubscribed cancel ->
                cancel(cancel, cancel.endpoint(), Map.of(cancel.endpoint(), engine.cancel(cancel.endpoint(), cancel)));
            case Sweep.ReplayCancelled cancel ->
                cancel(cancel, cancel.endpoint(), Map.of(cancel.endpoint(), engine.cancel(cancel.endpoint(), cancel)));
        }
    }

    private void makeDue(Sweep.Repair repair, long failedBefore) {
        commits.add(() -> {
            boolean more = store.makeDue(repair.endpoint(), failedBefore, 3) == 3;
            return () -> {
                engine.storeChanged(repair.endpoint());
                if (more) {
                    makeDue(repair, failedBefore);
                } else {
                    sweeps.remove(repair);
                }
            };
        });
    }

    private void cancel(Sweep.Cancel cancel, long endpoint, Map<Long, Set<Long>> busy) {
        commits.add(() -> {
            boolean more = store.cancel(cancel, endpoint, Objects.requireNonNull(busy.get(endpoint)), 3) == 3;
            return () -> {
                Map<Long, Set<Long>> stillBusy = new HashMap<>(busy);
                stillBusy.put(endpoint, engine.cancel(endpoint, cancel));
                if (more || !stillBusy.get(endpoint).isEmpty()) {
                    engine.storeChanged(endpoint);
                    cancel(cancel, endpoint, stillBusy);
                } else {
                    engine.swept(endpoint, cancel);
                    if (busy.containsKey(endpoint + 1)) {
                        cancel(cancel, endpoint + 1, busy);
                    } else {
                        sweeps.remove(cancel);
                    }
                }
            };
        });
    }

    /** Somebody asks for a delivery again, whatever became of it. */
    void ask(Delivery delivery) {
        Webhook webhook = webhooks.get(delivery.endpoint());
        if (webhook == null || !webhook.isActive() || erased.contains(delivery.call())) {
            return;
        }
        deliverArrivals();
        DeliveryKey key = DeliveryKey.of(delivery);
        outOfOrder.add(key);
        commits.add(() -> {
            if (webhooks.containsKey(delivery.endpoint()) && !erased.contains(delivery.call())) {
                store.ask(delivery, now);
                succeeded.remove(key);
            }
            return () -> engine.asked(store.lane(delivery.endpoint()), delivery.event());
        });
    }

    /** Queues what has ended at the endpoint once more, as a replay does. */
    void replay(long endpoint) {
        long replay = ++counter;
        replays.put(replay, 0);
        commits.add(() -> {
            List<Delivery> ended = acknowledged.stream()
                    .filter(delivery -> delivery.endpoint() == endpoint)
                    .filter(delivery -> store.ended.containsKey(DeliveryKey.of(delivery)))
                    .filter(delivery -> !erased.contains(delivery.call()))
                    .limit(30)
                    .toList();
            if (webhooks.containsKey(endpoint)) {
                for (Delivery delivery : ended) {
                    store.replay(delivery, replay);
                    succeeded.remove(DeliveryKey.of(delivery));
                    outOfOrder.add(DeliveryKey.of(delivery));
                    replays.merge(replay, 1, Integer::sum);
                }
            }
            return () -> engine.joined(store.lane(endpoint));
        });
    }

    void cancelReplays(long endpoint) {
        for (long replay : List.copyOf(replays.keySet())) {
            begin(new Sweep.ReplayCancelled((now << 22) + counter++, 7, endpoint, replay));
        }
    }

    void delete(long endpoint) {
        webhooks.remove(endpoint);
        engine.deleted(endpoint);
    }

    /** What is committed stays; everything else is gone. Receivers remember what they got. */
    void crash() {
        commits.clear();
        loads.clear();
        recalls.clear();
        answers.clear();
        inFlight.clear();
        notArrived.clear();
        // What succeeded but was not recorded may be sent again: at least once.
        succeeded.removeIf(key -> !store.ended.containsKey(key));
        engine = newEngine();
        store.lanes.values().stream()
                .filter(lane -> lane.nextAt() != Long.MAX_VALUE || lane.health().probeAt() != 0)
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
        List.copyOf(sweeps).forEach(this::sweep);
    }

    void tick() {
        engine.tick(now);
    }

    /** Everything healthy and nothing new: steps until nothing waits. Fails where that takes more than two days. */
    void drain() {
        for (long no = 1; no <= ENDPOINTS; no++) {
            setSick(no, false);
            if (webhooks.containsKey(no)) {
                Ordering ordering =
                        Objects.requireNonNull(webhooks.get(no)).options().ordering();
                change(no, WebhookStatus.ACTIVE, EnumSet.allOf(EventType.class), ordering);
            }
        }
        long until = now + Duration.ofDays(2).toMillis();
        int steps = 0;
        while (!(store.fresh.isEmpty() && store.queue.isEmpty() && isQuiet())) {
            if (now >= until) {
                throw new AssertionError("Waits for ever: " + describe(""));
            }
            if (++steps > MOST_STEPS) {
                throw new AssertionError("Turns in a circle: " + describe(""));
            }
            step();
            if (isQuiet() && !(store.fresh.isEmpty() && store.queue.isEmpty())) {
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
        return commits.isEmpty() && loads.isEmpty() && inFlight.isEmpty();
    }

    String describe(String what) {
        return what + " fresh=" + store.fresh.size() + " queue="
                + store.queue.values().stream().limit(3).toList() + " now=" + now + " lanes=" + store.lanes.values();
    }

    void checkAllEnded() {
        assertThat(sweeps).as("sweeps come to an end").isEmpty();
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
        replays.forEach((replay, queued) -> assertThat(store.replayed.getOrDefault(replay, 0))
                .as("a replay counts each of its deliveries once")
                .isEqualTo(queued));
    }
}
