package dev.ringpost.dispatch;

import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.LaneView;
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
    public static final EndpointHealth UNKNOWN = new EndpointHealth(State.IDLE, 0, 0, null, null, null);

    static EndpointHealth of(LaneView view) {
        return of(view.state(), view.waitingInMemory() + (view.moreInStore() ? 1L : 0L));
    }

    static EndpointHealth of(LaneState saved) {
        return of(saved, saved.nextAt() == Long.MAX_VALUE ? 0 : 1);
    }

    private static EndpointHealth of(LaneState lane, long waiting) {
        return new EndpointHealth(
                state(lane),
                waiting,
                lane.failures(),
                time(lane.lastSuccessAt()),
                time(lane.lastFailureAt()),
                lane.lastError());
    }

    private static State state(LaneState lane) {
        if (lane.probeAt() != 0) {
            return State.OPEN;
        }
        if (lane.failures() > 0) {
            return State.FAILING;
        }
        return lane.lastSuccessAt() == 0 ? State.IDLE : State.HEALTHY;
    }

    private static @Nullable Instant time(long millis) {
        return millis == 0 ? null : Instant.ofEpochMilli(millis);
    }

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
