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
    private static final long NODE_MASK = (1 << NODE_BITS) - 1;
    private static final int TIME_SHIFT = NODE_BITS + COUNTER_BITS;

    /** The upper half of the counter, for numbers that are ahead of this node's clock. */
    private static final long AHEAD = 1 << (COUNTER_BITS - 1);

    private static final long MOST_MILLIS = 1L << (Long.SIZE - 1 - TIME_SHIFT);

    private final InstantSource clock;
    private final long node;
    private final AtomicLong last;
    private final AtomicLong lastAhead;

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
        this.lastAhead = new AtomicLong(floor);
    }

    /** The next number: greater than every number that this gave before. */
    public long next() {
        return last.updateAndGet(previous -> Math.max(after(previous, 0), firstIn(clock.millis(), 0)));
    }

    /**
     * The next number, or a later one where that is not greater than this one, which another node may have made by a clock
     * that is ahead. It is one of this node's all the same: that node's own next number is just one more than its last. And
     * it leaves the next numbers to this node's clock, so that no other event gets a time to come.
     */
    public long nextAfter(long number) {
        long next = next();
        return next > number
                ? next
                : lastAhead.updateAndGet(
                        previous -> Math.max(after(previous, AHEAD), firstIn((number >>> TIME_SHIFT) + 1, AHEAD)));
    }

    /** One more; or of the next millisecond, where one more is another node's or of the other half of the counter. */
    private long after(long previous, long half) {
        long next = previous + 1;
        boolean isOwn = ((next >>> COUNTER_BITS) & NODE_MASK) == node && (next & AHEAD) == half;
        return isOwn ? next : firstIn((next >>> TIME_SHIFT) + 1, half);
    }

    private long firstIn(long millis, long half) {
        return (millis << TIME_SHIFT) | (node << COUNTER_BITS) | half;
    }

    /** The greatest number that {@link #next} gave, or that the database held at the start. */
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
