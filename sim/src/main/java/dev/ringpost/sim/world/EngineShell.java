package dev.ringpost.sim.world;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.Backlogged;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.Engine;
import dev.ringpost.delivery.Health;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.intake.Committed;
import dev.ringpost.sim.invariant.Life;
import dev.ringpost.sim.plan.Step.Boundary;
import dev.ringpost.sim.plan.Step.Fault;
import dev.ringpost.store.Transaction;
import dev.ringpost.webhook.Webhook;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongPredicate;

/**
 * The engine's shell in the simulated world, as {@code dev.ringpost.dispatch.Shard} is the server's: inputs are followed
 * by one turn, in which the engine ticks and what came of it is carried out. One commit and one read are under way at a
 * time.
 */
final class EngineShell {
    private static final long RETRY_MILLIS = 1000;
    private static final int PAYLOADS_KEPT = 400;

    private final World world;
    private final Node node;
    private final BatchWriter writer;
    private final Life life;
    private final Engine engine;
    private final Arrivals arrivals;
    private final Set<Long> payloads = new HashSet<>();
    private final Queue<Change<?>> changes = new ArrayDeque<>();
    private List<LaneWrite> writes = new ArrayList<>();
    private long writesAsked;
    private long writesCommitted;
    private List<Effect.Load> loads = new ArrayList<>();
    private List<Effect.Recall> recalls = new ArrayList<>();
    private List<Effect.Send> unread = new ArrayList<>();
    private boolean committing;
    private boolean reading;
    private boolean turnIsDue;
    private long wakeAt = Long.MAX_VALUE;

    /** @param after how many writes come before it */
    private record Change<T>(Function<Transaction, T> change, Consumer<T> told, Runnable failed, long after) {}

    EngineShell(World world, Node node, BatchWriter writer) {
        this.world = world;
        this.node = node;
        this.writer = writer;
        this.life = world.newLife(node.no());
        this.engine = new Engine(world.plan().settings(), world.engineRandom(), this::take);
        life.looksAfter(engine::isCutOff);
        this.arrivals = new Arrivals(world, node, this);
    }

    Life observed() {
        return life;
    }

    void end() {
        life.end();
    }

    /** The endpoint is this node's, and not on its way to another. */
    boolean isOwn(long endpoint) {
        return arrivals.isOwn(endpoint);
    }

    private long now() {
        return world.agenda().now();
    }

    /** An input, followed by a turn. */
    void tell(Consumer<Engine> input) {
        input.accept(engine);
        turnSoon();
    }

    <T> T ask(Function<Engine, T> question) {
        T answer = question.apply(engine);
        turnSoon();
        return answer;
    }

    private void turnSoon() {
        if (!turnIsDue) {
            turnIsDue = true;
            node.after(0, this::turn);
        }
    }

    private void turn() {
        turnIsDue = false;
        engine.tick(now());
        world.witness().looked(life, now());
        if (engine.isCutOff()) {
            world.counts().add("turns in an outage");
        }
        readFromStore();
        wakeAt(engine.nextTickAt());
        commit();
    }

    private void wakeAt(long at) {
        if (at == Long.MAX_VALUE || (at >= wakeAt && wakeAt > now())) {
            return;
        }
        wakeAt = Math.max(at, now() + 1);
        long planned = wakeAt;
        node.after(planned - now(), () -> {
            if (wakeAt == planned) {
                wakeAt = Long.MAX_VALUE;
                turnSoon();
            }
        });
    }

    // --- what the engine hears

    boolean has(int partition) {
        return arrivals.has(partition);
    }

    void poll() {
        arrivals.poll();
    }

    void gained(int partition) {
        arrivals.takeUp(partition);
    }

    /** What a batch of this node made. */
    void committed(List<Committed> batch) {
        for (Committed made : batch) {
            if (!made.supersedesPartials()) {
                keepPayload(made.delivery().event());
            }
        }
        arrivals.committed(batch);
    }

    /** Another node has made something for this one. */
    void hinted(List<Committed> batch) {
        arrivals.hinted(batch);
    }

    /** @param read the webhook as it was when the delivery was read, which may be older than a change told since */
    void arrived(Delivery delivery, Webhook read) {
        Webhook webhook = life.learn(read);
        world.witness().told(life, delivery, now());
        world.trace().step("arrives", delivery.event(), () -> world.names().of(delivery));
        tell(e -> e.arrived(delivery, webhook, now()));
    }

    void overtook(Delivery marker) {
        world.witness().overtook(life, marker.endpoint(), marker.call(), marker.event());
        world.trace().step("overtakes", marker.event(), () -> world.names().of(marker));
        tell(e -> e.overtook(marker.endpoint(), marker.call(), marker.event()));
    }

    void restore(LaneState lane) {
        boolean isNew = engine.view(lane.endpoint()).isEmpty();
        life.touched(lane.endpoint(), now());
        tell(e -> e.restore(lane));
        if (isNew) {
            world.witness().takesUp(life, lane.endpoint(), lane.health(), health(lane.endpoint()));
        }
    }

    /** Somebody asked for a delivery, which stands in the queue now. */
    void asked(LaneState lane, Delivery delivery) {
        arrivals.asked(delivery);
        world.witness().asked(life, delivery);
        tell(e -> e.asked(lane, delivery.event()));
    }

    void webhookChanged(Webhook webhook) {
        life.touched(webhook.no(), now());
        world.witness().movesBack(life, webhook.no());
        world.trace().step("changed", webhook.no(), () -> world.names().of(webhook));
        world.witness().disturbed(now());
        life.learn(webhook);
        tell(e -> e.changed(webhook, now()));
    }

    void webhookDeleted(long endpoint) {
        arrivals.deleted(endpoint);
        world.witness().deleted(life, endpoint);
        tell(e -> e.deleted(endpoint));
    }

    void forgetPayloads() {
        payloads.clear();
    }

    /** Changes the store after everything that the engine has asked for so far, and tells the engine after the commit. */
    <T> void change(Function<Transaction, T> change, Consumer<T> told, Runnable failed) {
        changes.add(new Change<>(change, told, failed, writesAsked));
        turnSoon();
    }

    // --- what the engine wants

    private void take(Effect effect) {
        switch (effect) {
            case Effect.Send send -> send(send);
            case Effect.Write(LaneWrite write) -> {
                world.witness().writes(life, write, now());
                world.trace()
                        .step("writes", write.endpoint(), () -> world.names().of(write));
                writes.add(write);
                writesAsked++;
            }
            case Effect.Recall recall -> recalls.add(recall);
            case Effect.Load load -> loads.add(load);
            case Effect.Disable wish -> {
                world.witness().disables(life, wish.webhook().no());
                world.operators().disable(node, wish);
            }
            case Effect.Tell _ -> {} // people hear of it, and nothing depends on that
        }
    }

    private void send(Effect.Send send) {
        world.witness().sends(life, send, () -> health(send.delivery().endpoint()), now());
        if (payloads.contains(send.delivery().event())) {
            attempt(send);
        } else {
            unread.add(send);
        }
    }

    private void attempt(Effect.Send send) {
        world.trace()
                .step(
                        "sends",
                        send.delivery().event(),
                        () -> world.names().of(send.delivery()) + " attempt " + send.attempt());
        world.receivers().attempt(send, (result, millis) -> node.after(millis, () -> finished(send, result)));
    }

    private void finished(Effect.Send send, AttemptResult result) {
        world.trace()
                .step(
                        "ended",
                        send.delivery().event(),
                        () -> world.names().of(send.delivery()) + " " + result.verdict());
        Health before = health(send.delivery().endpoint());
        world.witness().finished(life, send.delivery(), before, result, now());
        tell(e -> e.finished(send.delivery(), result, now()));
        world.witness()
                .took(life, send.delivery(), before, health(send.delivery().endpoint()), result, now());
    }

    Health health(long endpoint) {
        return engine.view(endpoint).map(lane -> lane.state().health()).orElse(Health.UNKNOWN);
    }

    private void keepPayload(long event) {
        if (payloads.size() >= PAYLOADS_KEPT) {
            payloads.clear();
        }
        payloads.add(event);
    }

    // --- commits

    private void commit() {
        if (committing) {
            return;
        }
        Change<?> change = changes.peek();
        if (change != null && change.after() <= writesCommitted) {
            changes.remove();
            committing = true;
            commit(change);
        } else if (!writes.isEmpty()) {
            committing = true;
            List<LaneWrite> batch = List.copyOf(writes);
            writes = new ArrayList<>();
            commit(batch);
        }
    }

    private void commit(List<LaneWrite> batch) {
        writer.add(new Work.Writes(
                batch, () -> committedWrites(batch), () -> node.after(RETRY_MILLIS, () -> commit(batch))));
    }

    private <T> void commit(Change<T> change) {
        writer.add(new Work.Change<>(
                change.change(),
                result -> {
                    committing = false;
                    change.told().accept(result);
                    turnSoon();
                },
                () -> {
                    committing = false;
                    change.failed().run();
                    turnSoon();
                }));
    }

    private void committedWrites(List<LaneWrite> batch) {
        committing = false;
        writesCommitted += batch.size();
        batch.forEach(arrivals::left);
        world.witness().recorded(life, batch);
        tell(e -> batch.forEach(write -> e.committed(write, now())));
    }

    /** Nothing that the engine asked for is on its way. */
    boolean isSettled() {
        return !committing && writes.isEmpty() && changes.isEmpty();
    }

    // --- reads

    private record Answer(Map<Long, Health> health, Map<Backlogged, Optional<Webhook>> heads, Set<Long> payloads) {}

    private void readFromStore() {
        if (reading || (loads.isEmpty() && unread.isEmpty() && recalls.isEmpty())) {
            return;
        }
        reading = true;
        List<Effect.Load> lanes = loads;
        List<Effect.Send> sends = unread;
        List<Effect.Recall> pasts = recalls;
        loads = new ArrayList<>();
        unread = new ArrayList<>();
        recalls = new ArrayList<>();
        read(lanes, sends, pasts);
    }

    private void read(List<Effect.Load> lanes, List<Effect.Send> sends, List<Effect.Recall> pasts) {
        Fault fault = world.faults().at(Boundary.LOAD);
        // Late on the way there, and on the way back: what is read is old by then.
        long trouble = fault == Fault.DELAY ? world.latency().trouble() / 2 : 0;
        long delay = world.latency().read() + trouble;
        long ofLife = node.life();
        node.after(delay, () -> {
            if (fault == Fault.CRASH) {
                node.crashIf(ofLife);
            } else if (fault == Fault.FAIL) {
                node.after(RETRY_MILLIS, () -> read(lanes, sends, pasts));
            } else {
                if (fault == Fault.DELAY) {
                    world.trouble();
                }
                Answer answer = answer(lanes, sends, pasts);
                node.after(world.latency().read() + trouble, () -> answered(answer, sends));
            }
        });
    }

    private Answer answer(List<Effect.Load> lanes, List<Effect.Send> sends, List<Effect.Recall> pasts) {
        var backlog = world.store().backlog();
        Map<Long, Health> health = new LinkedHashMap<>();
        pasts.forEach(past -> health.put(past.endpoint(), backlog.health(past.endpoint())));
        Map<Backlogged, Optional<Webhook>> heads = new LinkedHashMap<>();
        backlog.heads(lanes).forEach(head -> heads.put(head, backlog.webhook(head.endpoint())));
        Set<Long> events = new HashSet<>();
        sends.forEach(send -> events.add(send.delivery().event()));
        return new Answer(health, heads, backlog.payloads(events).keySet());
    }

    private void answered(Answer answer, List<Effect.Send> sends) {
        reading = false;
        tell(e -> {
            answer.health().forEach(e::remembered);
            answer.heads().forEach((head, webhook) -> {
                if (webhook.isEmpty()) {
                    world.witness().deleted(life, head.endpoint());
                }
                e.loaded(head, webhook.map(life::learn).orElse(null), now());
            });
        });
        for (Backlogged head : answer.heads().keySet()) {
            world.trace().step("loaded", head.endpoint(), () -> world.names().of(head));
        }
        for (Effect.Send send : sends) {
            if (answer.payloads().contains(send.delivery().event())) {
                keepPayload(send.delivery().event());
                attempt(send);
            } else {
                world.witness().vanished(life, send.delivery());
                tell(e -> e.vanished(send.delivery(), now()));
            }
        }
    }

    /** Whether it has something in memory of an endpoint that is deleted. */
    boolean holdsDeleted() {
        return engine.holds(
                endpoint -> world.store().backlog().webhook(endpoint).isEmpty());
    }

    /** How much is in the engine's memory is looked at now and then. */
    void inspect() {
        world.witness().looksAt(life, engine.view().inMemory(), world.isAlone());
    }

    // --- partitions

    /** Lets go of a partition: once nothing of it is under way, calls back. */
    void release(int partition, Runnable released) {
        arrivals.leave(partition);
        awaitRelease(partition, released);
    }

    private void awaitRelease(int partition, Runnable released) {
        LongPredicate inPartition = endpoint -> world.store().partition(endpoint) == partition;
        // Again and again: what was on its way to the engine may have brought a lane back.
        tell(e -> e.release(inPartition));
        if (engine.holds(inPartition)) {
            node.after(50, () -> awaitRelease(partition, released));
        } else {
            world.witness().released(life, inPartition);
            released.run();
        }
    }
}
