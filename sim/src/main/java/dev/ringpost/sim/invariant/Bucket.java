package dev.ringpost.sim.invariant;

/** Counts what a rate limit allows: bursts of at most one second's worth. */
final class Bucket {
    private static final double ROUNDING = 0.01;

    private final int perSecond;
    private double tokens;
    private long at;

    Bucket(int perSecond, long now) {
        this.perSecond = perSecond;
        this.tokens = perSecond;
        this.at = now;
    }

    int perSecond() {
        return perSecond;
    }

    /** False where it was not allowed. */
    boolean take(long now) {
        tokens = Math.min(perSecond, tokens + (now - at) * (double) perSecond / 1000);
        at = now;
        tokens--;
        return tokens > -ROUNDING;
    }
}
