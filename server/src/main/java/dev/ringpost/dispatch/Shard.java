package dev.ringpost.dispatch;

import dev.ringpost.commit.Journal;
import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.Engine;
import dev.ringpost.delivery.EngineSettings;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Notice;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One engine on one event loop. Inputs wait in a mailbox; a turn takes all of them, ticks the engine once, and carries out
 * what came of it. At most one commit and one read are under way at a time, so both grow into batches by themselves, and
 * writes are committed in the order in which the engine asked for them.
 */
final class Shard {
    private static final Logger LOG = LoggerFactory.getLogger(Shard.class);
    private static final long RETRY_MILLIS = 1000;

    private final Vertx vertx;
    private final Context context;
    private final InstantSource clock;
    private final Journal journal;
    private final Senders senders;
    private final Requests requests;
    private final PayloadCache payloads;
    private final StoreReads reads;
    private final DeliveryListener listener;
    private final Consumer<Effect.Disable> disable;
    private final Notices notices;
    private final Engine engine;

    private final Queue<Consumer<Engine>> mailbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private List<LaneWrite> writes = new ArrayList<>();
    private List<Effect.Load> loads = new ArrayList<>();
    private List<Effect.Send> unread = new ArrayList<>();
    private boolean committing;
    private boolean reading;
    private boolean stopping;
    private volatile boolean abandoned;
    private long timer = -1;
    private long timerAt = Long.MAX_VALUE;

    Shard(
            Dispatcher.Parts parts,
            Context context,
            Requests requests,
            PayloadCache payloads,
            DeliveryListener listener,
            Consumer<Effect.Disable> disable) {
        this.vertx = parts.vertx();
        this.context = context;
        this.clock = parts.clock();
        this.journal = parts.journal();
        this.senders = parts.senders();
        this.requests = requests;
        this.payloads = payloads;
        this.reads = new StoreReads(parts.backlog(), parts.blocking());
        this.listener = listener;
        this.disable = disable;
        this.notices = parts.notices();
        this.engine = new Engine(EngineSettings.DEFAULT, new SplittableRandom(), this::take);
    }

    /** Hands the engine an input; from any thread. It and those handed over meanwhile are followed by one tick. */
    void tell(Consumer<Engine> input) {
        mailbox.add(input);
        if (scheduled.compareAndSet(false, true)) {
            context.runOnContext(ignored -> turn());
        }
    }

    long now() {
        return clock.millis();
    }

    /** The event loop that this runs on. */
    Context context() {
        return context;
    }

    /** From now on nothing is sent. Completes when no attempt is in flight and everything is committed. */
    CompletableFuture<Void> drain() {
        CompletableFuture<Void> drained = new CompletableFuture<>();
        tell(ignored -> {
            stopping = true;
            awaitQuiet(drained);
        });
        return drained;
    }

    /**
     * What is still in flight has no result from now on: what breaks it is the end of this process, no fault of its
     * receiver, and must not count as an attempt.
     */
    void abandon() {
        abandoned = true;
    }

    private void awaitQuiet(CompletableFuture<Void> drained) {
        if (engine.inFlight() == 0 && !committing && writes.isEmpty()) {
            drained.complete(null);
        } else if (!drained.isDone()) {
            vertx.setTimer(10, ignored -> tell(again -> awaitQuiet(drained)));
        }
    }

    private void turn() {
        scheduled.set(false);
        for (Consumer<Engine> input = mailbox.poll(); input != null; input = mailbox.poll()) {
            input.accept(engine);
        }
        if (!stopping) {
            engine.tick(clock.millis());
            readFromStore();
            wakeAt(engine.nextTickAt());
        }
        commit();
    }

    private void take(Effect effect) {
        switch (effect) {
            case Effect.Send send -> send(send);
            case Effect.Write(LaneWrite write) -> writes.add(write);
            case Effect.Load load -> loads.add(load);
            case Effect.Disable wish -> disable.accept(wish);
            case Effect.Tell(Notice notice) -> notices.tell(notice);
        }
    }

    private void send(Effect.Send send) {
        byte[] payload = payloads.get(send.delivery().event());
        if (payload == null) {
            unread.add(send);
        } else {
            send(send, payload);
        }
    }

    private void send(Effect.Send send, byte[] payload) {
        Delivery delivery = send.delivery();
        byte[] body = Bodies.fitting(payload, delivery.type(), send.webhook());
        Instant now = clock.instant();
        listener.begins(delivery, send.attempt(), now);
        requests.request(send.webhook(), delivery.event(), send.attempt(), body, now, context)
                .compose(senders.of(send.webhook())::send)
                .onComplete(done -> {
                    if (abandoned) {
                        return;
                    }
                    AttemptResult result = done.result();
                    listener.attempted(delivery, send.attempt(), result, clock.instant());
                    tell(e -> e.finished(delivery, result, clock.millis()));
                });
    }

    private void commit() {
        if (committing || writes.isEmpty()) {
            return;
        }
        committing = true;
        List<LaneWrite> batch = writes;
        writes = new ArrayList<>();
        commit(batch);
    }

    private void commit(List<LaneWrite> batch) {
        var _ = journal.apply(batch).whenComplete((ignored, failure) -> {
            if (failure == null) {
                tell(e -> committed(batch));
            } else {
                LOG.warn(
                        "{} results could not be committed and are tried again in {} ms: {}",
                        batch.size(),
                        RETRY_MILLIS,
                        failure.getMessage());
                vertx.setTimer(RETRY_MILLIS, timerId -> commit(batch));
            }
        });
    }

    private void committed(List<LaneWrite> batch) {
        committing = false;
        Instant now = clock.instant();
        for (LaneWrite write : batch) {
            engine.committed(write, now.toEpochMilli());
            if (write instanceof LaneWrite.Finish end) {
                listener.ended(end, now);
            }
        }
    }

    private void readFromStore() {
        if (reading || (loads.isEmpty() && unread.isEmpty())) {
            return;
        }
        reading = true;
        List<Effect.Load> lanes = loads;
        List<Effect.Send> sends = unread;
        loads = new ArrayList<>();
        unread = new ArrayList<>();
        read(lanes, sends);
    }

    private void read(List<Effect.Load> lanes, List<Effect.Send> sends) {
        var _ = reads.read(lanes, sends).whenComplete((answer, failure) -> {
            if (failure == null) {
                tell(e -> answered(answer, sends));
            } else {
                LOG.warn("{} lanes could not be read and are tried again: {}", lanes.size(), failure.getMessage());
                vertx.setTimer(RETRY_MILLIS, timerId -> read(lanes, sends));
            }
        });
    }

    private void answered(StoreReads.Answer answer, List<Effect.Send> sends) {
        reading = false;
        long now = clock.millis();
        answer.heads().forEach((head, webhook) -> engine.loaded(head, webhook.orElse(null), now));
        for (Effect.Send send : sends) {
            byte[] payload = answer.payloads().get(send.delivery().event());
            if (payload == null) {
                engine.vanished(send.delivery());
            } else {
                payloads.put(send.delivery(), payload);
                send(send, payload);
            }
        }
    }

    private void wakeAt(long at) {
        if (at >= timerAt && timerAt > clock.millis()) {
            return;
        }
        vertx.cancelTimer(timer);
        timerAt = at;
        timer = -1;
        if (at != Long.MAX_VALUE) {
            timer = vertx.setTimer(Math.max(1, at - clock.millis()), ignored -> {
                timerAt = Long.MAX_VALUE;
                tell(e -> {});
            });
        }
    }
}
