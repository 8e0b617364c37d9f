package dev.ringpost.dispatch;

import dev.ringpost.commit.Journal;
import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.Engine;
import dev.ringpost.delivery.EngineSettings;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Notice;
import dev.ringpost.fairness.TakingTurns;
import dev.ringpost.log.LastingFault;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
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
    private static final long CROWDED_MILLIS = 100;
    private static final int CROWDED_AT_ONCE = 16;

    private final Vertx vertx;
    private final Context context;
    /** For all that waits. */
    private final InstantSource clock;
    /** For what happened. */
    private final InstantSource stamps;

    private final Journal journal;
    private final Senders senders;
    private final Requests requests;
    private final PayloadCache payloads;
    private final StoreReads reads;
    private final LastingFault unreadable;
    private final DeliveryListener listener;
    private final Consumer<Effect.Disable> disable;
    private final Notices notices;
    private final Engine engine;

    private final Queue<Consumer<Engine>> mailbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Queue<Change<?>> changes = new ArrayDeque<>();
    private List<LaneWrite> writes = new ArrayList<>();
    private long writesAsked;
    private long writesCommitted;
    private final StoreReads.Waiting unread = new StoreReads.Waiting();

    /** Found no room on their way. */
    private final TakingTurns<Effect.Send> crowded = new TakingTurns<>(1);

    private boolean committing;
    private boolean reading;
    private boolean stopping;
    private boolean cutOff;
    private volatile boolean abandoned;
    private long timer = -1;
    private long timerAt = Long.MAX_VALUE;

    Shard(
            Dispatcher.Parts parts,
            Context context,
            EngineSettings settings,
            Requests requests,
            PayloadCache payloads,
            DeliveryListener listener,
            Consumer<Effect.Disable> disable) {
        this.vertx = parts.vertx();
        this.context = context;
        this.clock = parts.clocks().steady();
        this.stamps = parts.clocks().stamps();
        this.journal = parts.journal();
        this.senders = parts.senders();
        this.requests = requests;
        this.payloads = payloads;
        this.reads = new StoreReads(parts.backlog(), parts.blocking());
        this.unreadable = new LastingFault(LOG, clock, "What waits can be read again");
        this.listener = listener;
        this.disable = disable;
        this.notices = parts.notices();
        this.engine = new Engine(settings, new SplittableRandom(), this::take);
    }

    /** Hands the engine an input; from any thread. It and those handed over meanwhile are followed by one tick. */
    void tell(Consumer<Engine> input) {
        mailbox.add(input);
        if (scheduled.compareAndSet(false, true)) {
            context.runOnContext(ignored -> turn());
        }
    }

    /** Asks the engine; from any thread but the event loop's own, where it would wait for itself. */
    <T> T ask(Function<Engine, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        tell(e -> answer.complete(question.apply(e)));
        return answer.join();
    }

    /**
     * Changes the store after everything that the engine has asked for so far, and tells the engine of it after the
     * commit. From any thread; the future completes away from the event loop. It fails, and nothing has happened, where
     * the change could not be committed.
     */
    <T> CompletableFuture<T> change(Journal.Change<T> change, BiConsumer<Engine, T> told) {
        CompletableFuture<T> committed = new CompletableFuture<>();
        tell(e -> changes.add(new Change<>(change, told, writesAsked, committed)));
        return committed;
    }

    /** @param after how many writes come before it */
    private record Change<T>(
            Journal.Change<T> change, BiConsumer<Engine, T> told, long after, CompletableFuture<T> committed) {}

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
        if (engine.inFlight() == 0 && !committing && writes.isEmpty() && changes.isEmpty()) {
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
            tellOfNetwork();
            readFromStore();
            wakeAt(engine.nextTickAt());
        }
        commit();
    }

    private void tellOfNetwork() {
        if (engine.isCutOff() != cutOff) {
            cutOff = engine.isCutOff();
            if (cutOff) {
                LOG.warn("Nobody is reached any more, so the network of this machine seems to be down: only a few"
                        + " attempts are made until somebody is, and those that fail cost no step of a retry schedule");
            } else {
                LOG.info("Somebody is reached again: what waited for the network goes out within a minute");
            }
        }
    }

    private void take(Effect effect) {
        switch (effect) {
            case Effect.Send send -> send(send);
            case Effect.Write(LaneWrite write) -> {
                writes.add(write);
                writesAsked++;
            }
            case Effect.Recall recall -> unread.add(recall);
            case Effect.Load load -> unread.add(load);
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

    /** What finds no room on its way is asked for again a little later, and kept by nobody until then. */
    private void send(Effect.Send send, byte[] payload) {
        if (payloads.mayGo(send.delivery(), payload)) {
            start(send, payload);
        } else {
            crowded.add(send.delivery().account(), send, 1);
            if (crowded.size() == 1) {
                vertx.setTimer(CROWDED_MILLIS, timerId -> tell(e -> sendCrowded()));
            }
        }
    }

    private void sendCrowded() {
        List<Effect.Send> some = new ArrayList<>();
        for (Effect.Send next = crowded.poll(); next != null; next = crowded.poll()) {
            some.add(next);
            if (some.size() == CROWDED_AT_ONCE) {
                break;
            }
        }
        if (!crowded.isEmpty()) {
            vertx.setTimer(CROWDED_MILLIS, timerId -> tell(e -> sendCrowded()));
        }
        some.forEach(this::send);
    }

    private void start(Effect.Send send, byte[] payload) {
        Delivery delivery = send.delivery();
        byte[] body = Bodies.fitting(payload, delivery.type(), send.webhook());
        listener.begins(send, stamps.instant());
        requests.request(send.webhook(), delivery.event(), send.attempt(), body, context)
                .compose(senders.of(send.webhook())::send)
                .otherwise(failure -> unmade(send, failure))
                .onComplete(done -> {
                    payloads.arrived(delivery, payload);
                    if (abandoned) {
                        return;
                    }
                    AttemptResult result = done.result();
                    listener.attempted(send, result, stamps.instant());
                    tell(e -> e.finished(delivery, result, clock.millis()));
                });
    }

    /** It ends like any that failed: without a result it would hold its slot for ever. */
    private static AttemptResult unmade(Effect.Send send, Throwable failure) {
        LOG.error("The request to webhook {} could not be made", send.webhook().no(), failure);
        return new AttemptResult(
                AttemptResult.Verdict.FAILED,
                send.webhook().url(),
                null,
                null,
                Map.of(),
                "Ringpost could not make the request; its log says why",
                Duration.ZERO,
                null);
    }

    private void commit() {
        if (committing) {
            return;
        }
        Change<?> change = changes.peek();
        if (change != null && change.after() <= writesCommitted) {
            changes.remove();
            committing = true;
            commit(change);
            return;
        }
        if (writes.isEmpty()) {
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
                // At most once a second; the journal tells of an outage.
                LOG.debug(
                        "{} results could not be committed and are tried again in {} ms: {}",
                        batch.size(),
                        RETRY_MILLIS,
                        failure.getMessage());
                vertx.setTimer(RETRY_MILLIS, timerId -> commit(batch));
            }
        });
    }

    private <T> void commit(Change<T> change) {
        var _ = journal.change(change.change()).whenComplete((result, failure) -> {
            tell(e -> {
                committing = false;
                if (failure == null) {
                    change.told().accept(e, result);
                }
            });
            if (failure == null) {
                change.committed().complete(result);
            } else {
                change.committed().completeExceptionally(failure);
            }
        });
    }

    private void committed(List<LaneWrite> batch) {
        committing = false;
        writesCommitted += batch.size();
        long now = clock.millis();
        Instant ended = stamps.instant();
        for (LaneWrite write : batch) {
            engine.committed(write, now);
            if (write instanceof LaneWrite.Finish end) {
                listener.ended(end, ended);
            }
        }
    }

    private void readFromStore() {
        if (!reading && !unread.isEmpty()) {
            reading = true;
            read(unread.take());
        }
    }

    private void read(StoreReads.Questions asked) {
        var _ = reads.read(asked).whenComplete((answer, failure) -> {
            if (failure == null) {
                unreadable.worked();
                tell(e -> answered(answer));
            } else {
                unreadable.came("What waits could not be read, it is tried again: " + failure.getMessage());
                vertx.setTimer(RETRY_MILLIS, timerId -> read(asked));
            }
        });
    }

    private void answered(StoreReads.Answer answer) {
        reading = false;
        long now = clock.millis();
        answer.health().forEach(engine::remembered);
        answer.heads().forEach((head, webhook) -> engine.loaded(head, webhook.orElse(null), now));
        for (Effect.Send send : answer.sends()) {
            byte[] payload = answer.payloads().get(send.delivery().event());
            if (payload == null) {
                engine.vanished(send.delivery(), now);
            } else {
                payloads.put(send.delivery(), payload);
                send(send, payload);
            }
        }
        answer.unread().forEach(unread::add);
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
