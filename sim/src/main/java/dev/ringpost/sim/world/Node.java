package dev.ringpost.sim.world;

import dev.ringpost.id.NumberSource;
import dev.ringpost.id.PublicIds;
import dev.ringpost.intake.Committed;
import dev.ringpost.intake.Intake;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One process: an engine, a writer, and what looks after timers, sweeps and replays. It dies, stands still, and starts
 * again; nothing that an earlier life of it began reaches a later one.
 */
final class Node {
    private final World world;
    private final int no;
    private final NumberSource numbers;
    private final Intake intake;
    private long life;
    private long epoch;
    private boolean up;
    private long stoppedUntil;
    private @Nullable Parts parts;

    /** What lives as long as the process. */
    record Parts(EngineShell shell, BatchWriter writer, Sweeping sweeping, Replaying replaying, Timing timing) {}

    Node(World world, int no) {
        this.world = world;
        this.no = no;
        this.numbers = new NumberSource(world.clockOf(no), no, 0);
        this.intake = new Intake(
                numbers,
                new PublicIds(new byte[32]),
                world.clock(),
                new Intake.Settings(world.plan().analysisWait(), world.plan().callTimeout(), false));
    }

    int no() {
        return no;
    }

    long epoch() {
        return epoch;
    }

    long life() {
        return life;
    }

    NumberSource numbers() {
        return numbers;
    }

    /** It takes requests. */
    boolean isUp() {
        return up && !isStopped();
    }

    boolean isStopped() {
        return stoppedUntil > world.agenda().now();
    }

    Parts parts() {
        Parts current = parts;
        if (current == null) {
            throw new IllegalStateException("Node " + no + " is down");
        }
        return current;
    }

    EngineShell shell() {
        return parts().shell();
    }

    BatchWriter writer() {
        return parts().writer();
    }

    void start() {
        world.trouble();
        up = true;
        life++;
        world.witness().disturbed(world.agenda().now());
        epoch = world.store().enter(no);
        BatchWriter writer = new BatchWriter(world, this, intake);
        EngineShell shell = new EngineShell(world, this, writer);
        parts = new Parts(
                shell,
                writer,
                new Sweeping(world, this, shell),
                new Replaying(world, this, shell),
                new Timing(world, this, writer));
        world.trace().step("start", no, () -> "node " + no + " in epoch " + epoch);
        world.store().partitionsOf(no).forEach(this::gained);
        parts.timing().look();
        parts.replaying().look();
        forgetErased();
    }

    /** It dies here and now, and starts again after a while. */
    void crash(long downMillis) {
        if (!up) {
            return;
        }
        die();
        world.trace().step("crash", no, () -> "node " + no + " for " + downMillis + " ms");
        world.agenda().after(downMillis, this::startAgain);
        world.cluster().lost(this);
    }

    private void die() {
        loses();
        parts = null;
        up = false;
        life++;
        stoppedUntil = 0;
    }

    private void startAgain() {
        if (!up) {
            start();
        }
    }

    void crashIf(long ofLife) {
        if (life == ofLife && up) {
            crash(world.latency().trouble());
        }
    }

    /** It stands still, and does not know it. */
    void stop(long millis) {
        if (up) {
            stoppedUntil = world.agenda().now() + millis;
            world.witness().disturbed(stoppedUntil);
            world.trace().step("stop", no, () -> "node " + no + " for " + millis + " ms");
            world.cluster().lost(this);
        }
    }

    /** It learns that others took what it had: it forgets all, and goes on as a new one. */
    void fenced() {
        world.trace().step("fenced", no, () -> "node " + no);
        die();
        start();
    }

    /** Others take what it has, and it does not know it yet. */
    void loses() {
        if (parts != null) {
            parts.shell().end();
        }
    }

    /** A partition is this node's from now on: takes up what waits there. */
    void gained(int partition) {
        if (up) {
            shell().gained(partition);
            parts().sweeping().takeUp(partition);
            parts().replaying().look();
        }
    }

    /** What a commit of this node made. */
    void tellEngine(List<Committed> committed) {
        shell().committed(committed);
    }

    /** What an erased call left is removed bit by bit. */
    void forgetErased() {
        writer().add(new Work.Change<>(
                tx -> tx.eraseSlice(20),
                more -> {
                    if (more) {
                        after(300, this::forgetErased);
                    }
                },
                () -> after(1000, this::forgetErased)));
    }

    /** What is older is removed bit by bit, whatever waits of it. */
    void expire(Instant before) {
        writer().add(new Work.Change<>(
                tx -> tx.expireSlice(before, 20),
                more -> {
                    if (more) {
                        after(100, () -> expire(before));
                    }
                },
                () -> after(1000, () -> expire(before))));
    }

    /** In this life, as soon as it does not stand still. */
    void after(long millis, Runnable what) {
        laterInLife(life, millis, what);
    }

    void inLife(long ofLife, Runnable what) {
        laterInLife(ofLife, 0, what);
    }

    void laterInLife(long ofLife, long millis, Runnable what) {
        world.agenda().after(millis, () -> run(ofLife, what));
    }

    private void run(long ofLife, Runnable what) {
        if (life != ofLife || !up) {
            return;
        }
        if (isStopped()) {
            world.trouble();
            world.agenda().at(stoppedUntil, () -> run(ofLife, what));
            return;
        }
        what.run();
    }
}
