package dev.ringpost.delivery;

import org.jspecify.annotations.Nullable;

/** How an endpoint is doing. Times are milliseconds since 1970, 0 for never. */
final class LaneHealth {
    private final Breaker breaker;
    private long lastSuccessAt;
    private long lastFailureAt;
    private @Nullable String lastError;
    private boolean changed;

    LaneHealth(Breaker breaker) {
        this.breaker = breaker;
    }

    long lastSuccessAt() {
        return lastSuccessAt;
    }

    /** Something is not saved yet. */
    boolean isChanged() {
        return changed;
    }

    void restore(LaneState state) {
        breaker.restore(state.failures(), state.probeAt());
        lastSuccessAt = state.lastSuccessAt();
        lastFailureAt = state.lastFailureAt();
        lastError = state.lastError();
        changed = true;
    }

    void succeeded(long now) {
        breaker.succeeded();
        lastSuccessAt = now;
        changed = true;
    }

    /** True where the breaker opened, or opened anew. */
    boolean failed(long now, AttemptResult result) {
        lastFailureAt = now;
        lastError = result.error();
        changed = true;
        return breaker.failed(now);
    }

    void repaired() {
        breaker.succeeded();
        changed = true;
    }

    LaneState state(long endpoint, long account, long nextAt, long highCall) {
        changed = false;
        return snapshot(endpoint, account, nextAt, highCall);
    }

    LaneState snapshot(long endpoint, long account, long nextAt, long highCall) {
        return new LaneState(
                endpoint,
                account,
                nextAt,
                highCall,
                breaker.failures(),
                breaker.probeAt(),
                lastSuccessAt,
                lastFailureAt,
                lastError);
    }
}
