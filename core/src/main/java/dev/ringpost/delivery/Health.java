package dev.ringpost.delivery;

import org.jspecify.annotations.Nullable;

/**
 * How an endpoint is doing. All times are milliseconds since 1970, 0 for never.
 *
 * @param failures failed attempts since the last success or repair
 * @param probeAt while the breaker is open: when the next probe may go; 0: it is closed
 * @param lastError why the last failed attempt failed
 * @param failingSince since when no attempt has succeeded, as far as failures have shown; 0: none failed since the last
 *     success or repair
 * @param failingDays on how many days (UTC) attempts have failed since then
 */
public record Health(
        int failures,
        long probeAt,
        long lastSuccessAt,
        long lastFailureAt,
        @Nullable String lastError,
        long failingSince,
        int failingDays) {
    public static final Health UNKNOWN = new Health(0, 0, 0, 0, null, 0, 0);
}
