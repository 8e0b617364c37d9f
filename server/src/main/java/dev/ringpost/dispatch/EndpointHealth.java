package dev.ringpost.dispatch;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint is doing.
 *
 * @param waiting deliveries not ended: those in memory, and a lower bound of 1 for more in the store
 */
public record EndpointHealth(
        State state,
        long waiting,
        int consecutiveFailures,
        @Nullable Instant lastSuccessAt,
        @Nullable Instant lastFailureAt,
        @Nullable String lastError) {
    /** In a word. */
    public enum State {
        HEALTHY,
        FAILING,
        /** The breaker holds deliveries back. */
        OPEN,
        /** Nothing was sent yet. */
        IDLE;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
