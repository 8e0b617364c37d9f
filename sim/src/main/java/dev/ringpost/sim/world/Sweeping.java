package dev.ringpost.sim.world;

import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.store.SweepSlice;
import dev.ringpost.store.Transaction;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;

/** Does sweeps, as {@code dev.ringpost.dispatch.Sweeps} does on the server: the engine is told, then slices of the store. */
final class Sweeping {
    private static final int SLICE = 20;
    private static final long AGAIN_MILLIS = 500;

    private final World world;
    private final Node node;
    private final EngineShell shell;

    Sweeping(World world, Node node, EngineShell shell) {
        this.world = world;
        this.node = node;
        this.shell = shell;
    }

    /** What was under way when its node ended, or gave the partition away. */
    void takeUp(int partition) {
        for (Sweep sweep : world.store().backlog().sweeps()) {
            switch (sweep) {
                case Sweep.Repair repair -> beginIn(partition, repair, repair.endpoint());
                case Sweep.Unsubscribed cancel -> beginIn(partition, cancel, cancel.endpoint());
                case Sweep.ReplayCancelled cancel -> beginIn(partition, cancel, cancel.endpoint());
                case Sweep.Erased _ -> {} // an erased call's rows are forgotten by themselves
            }
        }
    }

    private void beginIn(int partition, Sweep sweep, long endpoint) {
        if (world.store().partition(endpoint) == partition) {
            begin(sweep);
        }
    }

    void begin(Sweep sweep) {
        switch (sweep) {
            case Sweep.Repair repair -> repair(repair);
            case Sweep.Unsubscribed cancel -> cancel(cancel, List.of(cancel.endpoint()));
            case Sweep.ReplayCancelled cancel -> cancel(cancel, List.of(cancel.endpoint()));
            case Sweep.Erased cancel -> cancel(cancel, world.store().backlog().endpointsOf(cancel.call()));
        }
    }

    private void again(Sweep sweep) {
        node.after(AGAIN_MILLIS, () -> begin(sweep));
    }

    private void done(Sweep sweep) {
        node.writer()
                .add(new Work.Change<>(
                        tx -> {
                            tx.deleteSweep(sweep);
                            return sweep;
                        },
                        deleted -> {},
                        () -> again(sweep)));
    }

    private void repair(Sweep.Repair repair) {
        if (!shell.isOwn(repair.endpoint())) {
            return;
        }
        long now = world.agenda().now();
        world.witness().repaired(shell.observed(), repair.endpoint(), shell.health(repair.endpoint()), now);
        shell.tell(engine -> engine.repaired(repair.endpoint(), repair.account(), now));
        makeDue(repair, Instant.ofEpochMilli(now));
    }

    private void makeDue(Sweep.Repair repair, Instant failedBefore) {
        if (!shell.isOwn(repair.endpoint())) {
            return;
        }
        shell.change(
                tx -> tx.makeDue(repair.endpoint(), failedBefore, SLICE),
                moved -> {
                    shell.tell(engine -> engine.storeChanged(repair.endpoint()));
                    if (moved == SLICE) {
                        makeDue(repair, failedBefore);
                    } else {
                        done(repair);
                    }
                },
                () -> again(repair));
    }

    /** The engine hears of all of them before the store is touched. */
    private void cancel(Sweep.Cancel cancel, List<Long> endpoints) {
        ArrayDeque<Busy> left = new ArrayDeque<>();
        for (long endpoint : endpoints) {
            if (shell.isOwn(endpoint)) {
                left.add(new Busy(endpoint, tell(cancel, endpoint)));
            }
        }
        next(cancel, left);
    }

    private record Busy(long endpoint, Set<Long> events) {}

    private Set<Long> tell(Sweep.Cancel cancel, long endpoint) {
        world.witness().cancels(shell.observed(), endpoint, cancel);
        return shell.ask(engine -> engine.cancel(endpoint, cancel));
    }

    private void next(Sweep.Cancel cancel, ArrayDeque<Busy> left) {
        Busy first = left.peek();
        if (first == null) {
            done(cancel);
        } else if (shell.isOwn(first.endpoint())) {
            slice(cancel, left, first.events(), 0);
        }
    }

    private void slice(Sweep.Cancel cancel, ArrayDeque<Busy> left, Set<Long> busy, long after) {
        long endpoint = left.element().endpoint();
        if (!shell.isOwn(endpoint)) {
            return;
        }
        shell.change(
                tx -> cancelSlice(tx, cancel, endpoint, after, busy),
                lastEvent -> {
                    shell.tell(engine -> engine.storeChanged(endpoint));
                    if (lastEvent != Long.MAX_VALUE) {
                        slice(cancel, left, busy, lastEvent);
                    } else if (busy.isEmpty()) {
                        world.witness().swept(shell.observed(), endpoint, cancel);
                        shell.tell(engine -> engine.swept(endpoint, cancel));
                        left.remove();
                        next(cancel, left);
                    } else {
                        // What becomes of what is in flight is not for a slice to overtake.
                        node.after(AGAIN_MILLIS, () -> {
                            if (shell.isOwn(endpoint)) {
                                slice(cancel, left, tell(cancel, endpoint), 0);
                            }
                        });
                    }
                },
                () -> again(cancel));
    }

    private static long cancelSlice(Transaction tx, Sweep.Cancel cancel, long endpoint, long after, Set<Long> busy) {
        SweepSlice slice = tx.covered(cancel, endpoint, after, SLICE);
        List<LaneWrite> ends = slice.rows().stream()
                .filter(row -> !busy.contains(row.delivery().event()))
                .<LaneWrite>map(
                        row -> new LaneWrite.Finish(row.delivery(), row.attempts(), DeliveryEnd.CANCELLED, null))
                .toList();
        tx.apply(ends);
        return slice.lastEvent();
    }
}
