package dev.ringpost.clock;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The times that a server knows. They are the same until somebody sets the machine's clock.
 *
 * @param wall the machine's, right or wrong: for what others compare with their own clocks, such as signatures
 * @param steady for all that waits: pauses, limits, what is due
 * @param stamps for what is written down as the time when something happened: follows the wall clock ahead at once, and
 *     never goes back, so that the order of times is the order of what happened
 */
public record Clocks(InstantSource wall, SteadyClock steady, InstantSource stamps) {
    /** @param nanos the time that passes, as {@link System#nanoTime} */
    public static Clocks of(InstantSource wall, LongSupplier nanos) {
        SteadyClock steady = new SteadyClock(wall, nanos);
        return new Clocks(wall, steady, () -> later(wall.instant(), steady.instant()));
    }

    /** Of this machine. */
    public static Clocks system() {
        return of(InstantSource.system(), System::nanoTime);
    }

    /**
     * Whichever is earlier, the machine's time or the steady one: what is deleted for its age is old by both, so that a
     * clock that was set years ahead for a moment deletes nothing.
     */
    public InstantSource cautious() {
        return () -> {
            Instant machine = wall.instant();
            Instant own = steady.instant();
            return machine.isBefore(own) ? machine : own;
        };
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
