package dev.ringpost.stats;

import org.jspecify.annotations.Nullable;

/**
 * HTTP requests that were made, retries included and tests of webhooks not.
 *
 * @param succeeded answered with a 2xx in time
 * @param failed all others
 */
public record Attempts(long succeeded, long failed) {
    public static final Attempts NONE = new Attempts(0, 0);

    public Attempts plus(Attempts other) {
        return new Attempts(succeeded + other.succeeded, failed + other.failed);
    }

    /** From 0 to 1; null where there were none. */
    public @Nullable Double successRate() {
        long all = succeeded + failed;
        return all == 0 ? null : (double) succeeded / all;
    }
}
