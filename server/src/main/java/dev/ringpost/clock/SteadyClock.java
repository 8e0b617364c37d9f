package dev.ringpost.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A clock that nobody sets: it never goes back and never jumps, so that a pause measured with it is as long as it is. It
 * begins with the machine's time and goes on with the time that passes; where the machine's clock was set meanwhile, it
 * goes up to 10 % faster or slower until both agree again, which for an hour takes ten. Safe for use by many threads.
 */
public final class SteadyClock implements InstantSource {
    /** Half of the jitter that the pauses of a retry schedule have anyway. */
    private static final int SLEW = 10;

    private final InstantSource wall;
    private final LongSupplier nanos;
    private Instant now;
    private long seenNanos;

    /**
     * @param wall the machine's clock, which may be set at any time
     * @param nanos the time that passes, in nanoseconds from any start, as {@link System#nanoTime}
     */
    public SteadyClock(InstantSource wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.now = wall.instant();
        this.seenNanos = nanos.getAsLong();
    }

    /**
     * It is at least this time, as something shows that was written before: the machine's clock was set back since.
     */
    public synchronized void notBefore(Instant time) {
        if (now.isBefore(time)) {
            now = time;
        }
    }

    @Override
    public synchronized Instant instant() {
        long at = nanos.getAsLong();
        long passed = Math.max(0, at - seenNanos);
        seenNanos = Math.max(seenNanos, at);
        Instant alone = now.plusNanos(passed);
        Duration off = Duration.between(alone, wall.instant());
        long most = passed / SLEW;
        now = alone.plusNanos(
                off.abs().compareTo(Duration.ofNanos(most)) <= 0 ? off.toNanos() : off.isNegative() ? -most : most);
        return now;
    }
}
