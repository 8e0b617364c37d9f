package dev.ringpost.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * The reports on their way through a server: each is known by the number in its call's {@code external_id}, which comes
 * back in the payload. Safe for use by many threads.
 */
public final class Flights {
    static final int DIGITS = 12;

    /** How many reports may be under way for their latency to be known. */
    private static final int REMEMBERED = 1 << 21;

    private static final byte[] ID = "\"external_id\":\"b-".getBytes(StandardCharsets.US_ASCII);
    private static final int SIGNIFICANT_DIGITS = 3;

    private final AtomicLongArray dueNanos = new AtomicLongArray(REMEMBERED);
    private final AtomicLong last = new AtomicLong();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder arrived = new LongAdder();
    private final Recorder latencies = new Recorder(SIGNIFICANT_DIGITS);
    private final int deliveriesAReport;

    /** @param deliveriesAReport to how many webhooks each event goes */
    public Flights(int deliveriesAReport) {
        this.deliveriesAReport = deliveriesAReport;
    }

    /**
     * Reports that are sent now.
     *
     * @param due when they should have been sent, as by {@link System#nanoTime}: latency counts from then
     * @return the number of the first; the others follow it
     */
    long sent(int reports, long due) {
        long first = last.getAndAdd(reports);
        for (int i = 0; i < reports; i++) {
            dueNanos.set(slot(first + i), due);
        }
        return first;
    }

    void accepted(int reports) {
        accepted.add(reports);
    }

    /** A payload came: looks for its number between from and to. One without any is not counted. */
    void arrived(byte[] payload, int from, int to) {
        int at = Bytes.indexOf(payload, from, to, ID);
        if (at >= 0) {
            long number = Bytes.digits(payload, at + ID.length, DIGITS);
            latencies.recordValue(Math.max(0, System.nanoTime() - dueNanos.get(slot(number))));
            arrived.increment();
        }
    }

    /** Deliveries that came so far. */
    public long arrived() {
        return arrived.sum();
    }

    /** Deliveries of accepted reports that did not come yet. */
    public long waiting() {
        return accepted.sum() * deliveriesAReport - arrived.sum();
    }

    /** The latencies in nanoseconds since this was last called. */
    public Histogram takeLatencies() {
        return latencies.getIntervalHistogram();
    }

    private static int slot(long number) {
        return (int) (number & (REMEMBERED - 1));
    }
}
