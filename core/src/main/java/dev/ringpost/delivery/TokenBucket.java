package dev.ringpost.delivery;

import org.jspecify.annotations.Nullable;

/** A webhook's rate limit: attempts a second, with bursts of at most one second's worth. */
final class TokenBucket {
    private double tokens;
    private long filledAt = Long.MIN_VALUE;

    /** When the next attempt may go: a time not after {@code now} means at once. */
    long availableAt(@Nullable Integer ratePerSecond, long now) {
        if (ratePerSecond == null) {
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
            tokens = ratePerSecond;
        } else if (now > filledAt) {
            tokens = Math.min(ratePerSecond, tokens + (now - filledAt) * (double) ratePerSecond / 1000);
        }
        filledAt = now;
    }
}
