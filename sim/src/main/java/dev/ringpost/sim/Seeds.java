package dev.ringpost.sim;

import dev.ringpost.sim.invariant.Broken;
import dev.ringpost.sim.world.Counts;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs seeds one after the other, on several threads, until one breaks something or it is enough. */
final class Seeds {
    private static final long BETWEEN_LINES_NANOS = Duration.ofSeconds(10).toNanos();

    private final AtomicLong next;
    private final long first;
    private final long count;
    private final long until;
    private final long begin = System.nanoTime();
    private final int threads;
    private final boolean goesOn;
    private final PrintWriter out;
    private final Counts counts = new Counts();
    private final AtomicReference<@Nullable SeedRun> broken = new AtomicReference<>();
    private long run;
    private long simulatedMillis;
    private long lastLine = begin;

    /** @param goesOn also after a seed that broke something */
    Seeds(long first, long count, Duration time, int threads, boolean goesOn, PrintWriter out) {
        this.first = first;
        this.next = new AtomicLong(first);
        this.count = count;
        this.until = begin
                + Math.min(time.toSeconds(), Long.MAX_VALUE / 4_000_000_000L) * 1_000_000_000L
                + time.toNanosPart();
        this.threads = threads;
        this.goesOn = goesOn;
        this.out = out;
    }

    /** The first that broke something; null: none did. */
    @Nullable
    SeedRun run() {
        out.println("first seed: " + first);
        out.flush();
        Thread summary = new Thread(this::summary);
        Runtime.getRuntime().addShutdownHook(summary);
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(Thread.ofPlatform().daemon().name("seeds-" + i).start(this::work));
        }
        for (Thread worker : workers) {
            join(worker);
        }
        Runtime.getRuntime().removeShutdownHook(summary);
        summary();
        return broken.get();
    }

    private static void join(Thread worker) {
        try {
            worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        while ((goesOn || broken.get() == null) && System.nanoTime() < until) {
            long seed = next.getAndIncrement();
            if (seed - first >= count) {
                return;
            }
            done(SeedRun.of(seed));
        }
    }

    private synchronized void done(SeedRun seed) {
        run++;
        simulatedMillis += seed.simulatedMillis();
        counts.addAll(seed.counts());
        Broken what = seed.broken();
        if (what != null && (broken.compareAndSet(null, seed) || goesOn)) {
            out.println("seed " + seed.seed() + " broke: " + what.invariant());
            out.flush();
        }
        if (System.nanoTime() - lastLine > BETWEEN_LINES_NANOS) {
            lastLine = System.nanoTime();
            progress();
        }
    }

    private void progress() {
        double minutes = (System.nanoTime() - begin) / 60e9;
        double days = simulatedMillis / 86_400_000.0;
        out.printf("%d seeds, %.1f days simulated, %.0f days a minute of real time%n", run, days, days / minutes);
        out.flush();
    }

    private synchronized void summary() {
        progress();
        counts.asMap().forEach((what, count) -> out.printf("  %10d  %s%n", count, what));
        out.println("seeds run: " + run);
        out.flush();
    }
}
