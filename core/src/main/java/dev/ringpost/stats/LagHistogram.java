package dev.ringpost.stats;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * How many times how many milliseconds. It is kept in buckets that are an eighth of their value wide, so that histograms of
 * different times can be added up, and a quantile is off by a sixteenth at most: milliseconds below 16 are exact.
 */
public final class LagHistogram {
    public static final LagHistogram EMPTY = new LagHistogram(new long[0]);

    /** What is longer counts as this: more than 99 days. */
    private static final long LONGEST = (1L << 33) - 1;

    private static final int PARTS_BITS = 3;
    private static final int PARTS = 1 << PARTS_BITS;

    /** How many of each bucket; the last one is not 0. */
    private final long[] buckets;

    private LagHistogram(long[] buckets) {
        this.buckets = buckets;
    }

    /** @param buckets how many of each, see {@link #bucketOf} */
    static LagHistogram of(int[] buckets) {
        int used = buckets.length;
        while (used > 0 && buckets[used - 1] == 0) {
            used--;
        }
        long[] counts = new long[used];
        Arrays.setAll(counts, bucket -> buckets[bucket]);
        return used == 0 ? EMPTY : new LagHistogram(counts);
    }

    /** Of these lags in milliseconds. */
    public static LagHistogram ofMillis(long... lags) {
        long[] counts = new long
                [Arrays.stream(lags).mapToInt(lag -> bucketOf(lag) + 1).max().orElse(0)];
        for (long lag : lags) {
            counts[bucketOf(lag)]++;
        }
        return new LagHistogram(counts);
    }

    /** Negative ones, which a clock that was set makes, count as 0. */
    static int bucketOf(long millis) {
        long value = Math.clamp(millis, 0, LONGEST);
        if (value < PARTS) {
            return (int) value;
        }
        int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - PARTS_BITS;
        return octave * PARTS + (int) (value >>> octave);
    }

    /** The middle of the bucket. */
    private static long millisOf(int bucket) {
        if (bucket < PARTS) {
            return bucket;
        }
        int octave = (bucket - PARTS) / PARTS;
        long first = (long) (PARTS + (bucket - PARTS) % PARTS) << octave;
        return first + ((1L << octave) - 1) / 2;
    }

    public LagHistogram plus(LagHistogram other) {
        if (other.buckets.length == 0) {
            return this;
        }
        long[] sum = Arrays.copyOf(buckets, Math.max(buckets.length, other.buckets.length));
        for (int bucket = 0; bucket < other.buckets.length; bucket++) {
            sum[bucket] += other.buckets[bucket];
        }
        return new LagHistogram(sum);
    }

    /** How many lags there are. */
    public long count() {
        return Arrays.stream(buckets).sum();
    }

    /**
     * The lag in milliseconds that this share of all lags does not exceed; empty where there are none.
     *
     * @param share above 0, up to 1
     */
    public OptionalLong quantile(double share) {
        long wanted = (long) Math.ceil(count() * share);
        long seen = 0;
        for (int bucket = 0; bucket < buckets.length; bucket++) {
            seen += buckets[bucket];
            if (seen >= wanted) {
                return OptionalLong.of(millisOf(bucket));
            }
        }
        return OptionalLong.empty();
    }

    /** For the database: of each bucket that has any, how far it is from the one before, and how many it has. */
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        int before = 0;
        for (int bucket = 0; bucket < buckets.length; bucket++) {
            if (buckets[bucket] > 0) {
                write(bytes, bucket - before);
                write(bytes, buckets[bucket]);
                before = bucket;
            }
        }
        return bytes.toByteArray();
    }

    /** What {@link #toBytes} gave. */
    public static LagHistogram ofBytes(byte[] bytes) {
        ByteBuffer from = ByteBuffer.wrap(bytes);
        long[] counts = new long[0];
        int bucket = 0;
        while (from.hasRemaining()) {
            bucket += (int) read(from);
            counts = Arrays.copyOf(counts, bucket + 1);
            counts[bucket] = read(from);
        }
        return counts.length == 0 ? EMPTY : new LagHistogram(counts);
    }

    /** Seven bits a byte, the lowest first. */
    private static void write(ByteArrayOutputStream bytes, long value) {
        long rest = value;
        while (rest >= 0x80) {
            bytes.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }

    private static long read(ByteBuffer from) {
        long value = 0;
        byte next = from.get();
        for (int shift = 0; ; shift += 7) {
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
            next = from.get();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LagHistogram histogram && Arrays.equals(buckets, histogram.buckets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(buckets);
    }

    @Override
    public String toString() {
        return "p50 " + quantile(0.5) + ", p99 " + quantile(0.99) + " of " + count();
    }
}
