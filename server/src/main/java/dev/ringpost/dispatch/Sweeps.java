package dev.ringpost.dispatch;

import dev.ringpost.commit.Journal;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.log.LastingFault;
import dev.ringpost.store.Backlog;
import dev.ringpost.store.SweepSlice;
import dev.ringpost.store.Transaction;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does sweeps: the engine is told at once, then the store is gone through in slices, each a transaction of its own, so
 * that millions of waiting deliveries hold nobody up. A sweep stays in the store until it is done.
 */
final class Sweeps {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeps.class);
    private static final int SLICE = 500;
    private static final long AGAIN_MILLIS = 500;

    private final Vertx vertx;
    private final Journal journal;
    private final Backlog backlog;
    private final Executor blocking;
    private final InstantSource stamps;
    private final DeliveryListener listener;
    private final LongFunction<Shard> shards;
    private final Slices slices = new Slices();
    private final LastingFault fault;
    private volatile boolean stopped;

    Sweeps(Dispatcher.Parts parts, LongFunction<Shard> shards) {
        this.vertx = parts.vertx();
        this.journal = parts.journal();
        this.backlog = parts.backlog();
        this.blocking = parts.blocking();
        this.stamps = parts.clocks().stamps();
        this.listener = parts.listener();
        this.shards = shards;
        this.fault = new LastingFault(LOG, parts.clocks().steady(), "Sweeps of what waits go on again");
    }

    /** Returns when the engine knows; the rest is done in the background. Blocks. */
    void begin(Sweep sweep) {
        Runnable rest = told(sweep);
        blocking.execute(() -> finish(sweep, rest));
    }

    /** What is under way ends where it is, and goes on after the next start. */
    void stop() {
        stopped = true;
    }

    private void finish(Sweep sweep, Runnable rest) {
        try {
            rest.run();
            change(tx -> {
                tx.deleteSweep(sweep);
                return sweep;
            });
            fault.worked();
        } catch (RuntimeException e) {
            if (!stopped) {
                fault.came("A sweep of what waits failed, it is tried again: " + e.getMessage());
                pause();
                begin(sweep);
            }
        }
    }

    /** Tells the engine; returns what is left to do. */
    private Runnable told(Sweep sweep) {
        return switch (sweep) {
            case Sweep.Repair repair -> {
                Shard shard = shards.apply(repair.endpoint());
                long at = shard.ask(engine -> {
                    long now = shard.now();
                    engine.repaired(repair.endpoint(), repair.account(), now);
                    return now;
                });
                yield () -> makeDue(repair, shard, Instant.ofEpochMilli(at));
            }
            case Sweep.Unsubscribed cancel -> told(cancel, List.of(cancel.endpoint()));
            case Sweep.ReplayCancelled cancel -> told(cancel, List.of(cancel.endpoint()));
            case Sweep.Erased cancel -> told(cancel, backlog.endpointsOf(cancel.call()));
        };
    }

    private Runnable told(Sweep.Cancel cancel, List<Long> endpoints) {
        Map<Long, Set<Long>> busy = new HashMap<>();
        for (long endpoint : endpoints) {
            busy.put(endpoint, tell(cancel, endpoint));
        }
        return () -> busy.forEach((endpoint, events) -> cancel(cancel, endpoint, events));
    }

    private Set<Long> tell(Sweep.Cancel cancel, long endpoint) {
        return shards.apply(endpoint).ask(engine -> engine.cancel(endpoint, cancel));
    }

    private void makeDue(Sweep.Repair repair, Shard shard, Instant failedBefore) {
        int moved;
        do {
            moved = join(slices.inTurn(
                    repair.account(),
                    () -> shard.change(
                            tx -> tx.makeDue(repair.endpoint(), failedBefore, SLICE),
                            (engine, rows) -> engine.storeChanged(repair.endpoint()))));
        } while (moved == SLICE);
    }

    /** Until nothing is in flight any more that it covers: what becomes of that is not for a slice to overtake. */
    private void cancel(Sweep.Cancel cancel, long endpoint, Set<Long> busyAtFirst) {
        Set<Long> busy = busyAtFirst;
        cancelInSlices(cancel, endpoint, busy);
        while (!busy.isEmpty()) {
            pause();
            busy = tell(cancel, endpoint);
            cancelInSlices(cancel, endpoint, busy);
        }
        shards.apply(endpoint).tell(engine -> engine.swept(endpoint, cancel));
    }

    private void cancelInSlices(Sweep.Cancel cancel, long endpoint, Set<Long> busy) {
        long after = 0;
        while (after != Long.MAX_VALUE) {
            long from = after;
            Set<Long> except = Set.copyOf(busy);
            after = join(slices.inTurn(cancel.account(), () -> cancelSlice(cancel, endpoint, from, except)))
                    .lastEvent();
        }
    }

    private CompletableFuture<Cancelled> cancelSlice(Sweep.Cancel cancel, long endpoint, long after, Set<Long> busy) {
        return shards.apply(endpoint).change(tx -> cancelSlice(tx, cancel, endpoint, after, busy), (engine, slice) -> {
            engine.storeChanged(endpoint);
            slice.ended().forEach(end -> listener.ended(end, stamps.instant()));
        });
    }

    /** @param lastEvent see {@link SweepSlice#lastEvent} */
    private record Cancelled(List<LaneWrite.Finish> ended, long lastEvent) {}

    private static Cancelled cancelSlice(
            Transaction tx, Sweep.Cancel cancel, long endpoint, long after, Set<Long> busy) {
        SweepSlice slice = tx.covered(cancel, endpoint, after, SLICE);
        List<LaneWrite.Finish> ends = slice.rows().stream()
                .filter(row -> !busy.contains(row.delivery().event()))
                .map(row -> new LaneWrite.Finish(row.delivery(), row.attempts(), DeliveryEnd.CANCELLED, null))
                .toList();
        tx.apply(List.copyOf(ends));
        return new Cancelled(ends, slice.lastEvent());
    }

    private <T> T change(Journal.Change<T> change) {
        return join(journal.change(change));
    }

    private <T> T join(CompletableFuture<T> future) {
        if (stopped) {
            throw new IllegalStateException("The server is stopping");
        }
        return future.join();
    }

    private void pause() {
        vertx.timer(AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}
