package dev.ringpost.delivery;

import org.jspecify.annotations.Nullable;

/**
 * A webhook's rate limit: attempts a second, with bursts of at most a tenth of a second's worth. So no second has more than
 * 1.1 times as many, or one more where that is more.
 */
final class TokenBucket {
    private double tokens;
    private long filledAt = Long.MIN_VALUE;

    /** When the next attempt may go: a time not after {@code now} means at once. */
    long availableAt(@Nullable Integer ratePerSecond, long now) {
        if (ratePerSecond == null) {
            // What goes without a limit is not held against the next one.
            filledAt = Long.MIN_VALUE;
            return now;
        }
        refill(ratePerSecond, now);
        return tokens >= 1 ? now : now + (long) Math.ceil((1 - tokens) * 1000 / ratePerSecond);
    }

    void take() {
        tokens--;
    }

    private void refill(int ratePerSecond, long now) {
        if (filledAt == Long.MIN_VALUE) {
            tokens = burst(ratePerSecond);
        } else if (now > filledAt) {
            tokens = Math.min(burst(ratePerSecond), tokens + (now - filledAt) * (double) ratePerSecond / 1000);
        }
        filledAt = now;
    }

    private static double burst(int ratePerSecond) {
        return Math.max(1, ratePerSecond / 10.0);
    }
}
