package dev.ringpost.id;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives 64-bit numbers that only grow: 41 bits of milliseconds since 1970, 8 bits of node, 14 bits of counter. A clock
 * that stands still or goes back makes the next number the last one plus one, so order and uniqueness never depend on
 * the clock. Safe for use by many threads.
 */
public final class NumberSource {
    private static final int NODE_BITS = 8;
    private static final int COUNTER_BITS = 14;
    private static final int TIME_SHIFT = NODE_BITS + COUNTER_BITS;

    private static final long MOST_MILLIS = 1L << (Long.SIZE - 1 - TIME_SHIFT);

    private final InstantSource clock;
    private final long node;
    private final AtomicLong last;

    /**
     * @param node 0..255, unique among the nodes that share a database
     * @param floor every number given is greater than this one: the greatest number the database holds, so that a clock
     *     set back between two runs cannot repeat a number
     */
    public NumberSource(InstantSource clock, int node, long floor) {
        if (node < 0 || node >= 1 << NODE_BITS) {
            throw new IllegalArgumentException("node must be 0.." + ((1 << NODE_BITS) - 1) + ", not " + node);
        }
        this.clock = clock;
        this.node = node;
        this.last = new AtomicLong(floor);
    }

    /** The next number: greater than every number this source gave before. */
    public long next() {
        long fromClock = (clock.millis() << TIME_SHIFT) | (node << COUNTER_BITS);
        return last.updateAndGet(previous -> Math.max(after(previous), fromClock));
    }

    /** A millisecond whose numbers are used up is followed by the next, never by another node's numbers. */
    private long after(long previous) {
        long next = previous + 1;
        long own = (next >>> COUNTER_BITS) & ((1 << NODE_BITS) - 1);
        return own == node ? next : (((previous >>> TIME_SHIFT) + 1) << TIME_SHIFT) | (node << COUNTER_BITS);
    }

    /** The greatest number that was given, or that the database held at the start. */
    public long last() {
        return last.get();
    }

    /** The millisecond in which a number was made. */
    public static Instant timeOf(long number) {
        return Instant.ofEpochMilli(number >>> TIME_SHIFT);
    }

    /**
     * The smallest number that can be made at or after a time: a bound for queries by time. Times before 1970 and after
     * 2039, which no number holds, give the smallest and the greatest number there is.
     */
    public static long firstAt(Instant time) {
        long seconds = time.getEpochSecond();
        if (seconds < 0) {
            return 0;
        }
        return seconds >= MOST_MILLIS / 1000 ? Long.MAX_VALUE : time.toEpochMilli() << TIME_SHIFT;
    }
}
