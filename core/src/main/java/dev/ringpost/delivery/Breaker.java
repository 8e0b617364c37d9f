package dev.ringpost.delivery;

/**
 * Holds an endpoint's deliveries back after 5 failures in a row. While it is open, one delivery at a time is let through
 * as a probe, at an interval that doubles from 5 seconds to 5 minutes. Any success closes it.
 */
final class Breaker {
    static final int FAILURES_TO_OPEN = 5;

    private static final long FIRST_INTERVAL = 5_000;
    private static final long LAST_INTERVAL = 300_000;

    private final RetryPolicy policy;
    private int failures;
    private long probeAt;

    Breaker(RetryPolicy policy) {
        this.policy = policy;
    }

    /** What was before: failures in a row, and when the next probe may go while it was open. */
    void add(int earlierFailures, long earlierProbeAt, long lastFailureAt) {
        failures += earlierFailures;
        probeAt = Math.max(probeAt, earlierProbeAt);
        if (probeAt == 0 && failures >= FAILURES_TO_OPEN) {
            probeAt = nextProbe(lastFailureAt);
        }
    }

    boolean isOpen() {
        return probeAt != 0;
    }

    int failures() {
        return failures;
    }

    /** When the next probe may go, in milliseconds since 1970; 0 while closed. */
    long probeAt() {
        return probeAt;
    }

    void succeeded() {
        failures = 0;
        probeAt = 0;
    }

    /** True where this failure opened the breaker, or kept it open for a longer time. */
    boolean failed(long now) {
        failures++;
        if (failures < FAILURES_TO_OPEN) {
            return false;
        }
        if (probeAt > now) {
            return false;
        }
        probeAt = nextProbe(now);
        return true;
    }

    private long nextProbe(long failedAt) {
        int doublings = Math.min(failures - FAILURES_TO_OPEN, 10);
        return failedAt + policy.jittered(Math.min(FIRST_INTERVAL << doublings, LAST_INTERVAL));
    }
}
