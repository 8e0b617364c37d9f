package dev.ringpost.delivery;

import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a lane over a restart. All times are milliseconds since 1970, 0 for never.
 *
 * @param nextAt when the lane next has something to do with what the store holds; {@link Long#MAX_VALUE}: nothing waits
 * @param highCall no call above it has an untried delivery in the store's queue
 * @param failures consecutive failed attempts
 * @param probeAt while the breaker is open: when the next probe may go; 0: it is closed
 */
public record LaneState(
        long endpoint,
        long account,
        long nextAt,
        long highCall,
        int failures,
        long probeAt,
        long lastSuccessAt,
        long lastFailureAt,
        @Nullable String lastError) {}
