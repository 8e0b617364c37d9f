package dev.ringpost.bench;

import dev.ringpost.bench.process.ProcessWatch;
import dev.ringpost.bench.process.Usage;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Time that passes while a process is watched. */
public final class Pause {
    private static final long LOOK_NANOS = 250_000_000;

    /** Compilers that have less than this part of the processor time are idle. */
    private static final double IDLE_SHARE = 0.03;

    private static final Duration WINDOW = Duration.ofSeconds(2);

    private Pause() {}

    public static void passing(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Looks at the process again and again, so that no thread ends unseen. */
    static Usage watching(ProcessWatch watch, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, LOOK_NANOS));
            watch.usage();
        }
        return watch.usage();
    }

    /**
     * Until the JIT compilers of the process are idle under the load that it has, but no longer than this.
     *
     * @return the seconds that it took
     */
    static double untilWarm(ProcessWatch watch, Duration most) {
        long start = System.nanoTime();
        Usage before = watch.usage();
        while (true) {
            long left = most.toNanos() - (System.nanoTime() - start);
            if (left <= 0) {
                break;
            }
            Usage now = watching(watch, Duration.ofNanos(Math.min(left, WINDOW.toNanos())));
            if (now.minus(before).compilersShare() < IDLE_SHARE) {
                break;
            }
            before = now;
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
