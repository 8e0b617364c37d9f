package dev.ringpost.dispatch;

import dev.ringpost.delivery.Health;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.LaneView;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint is doing.
 *
 * @param waiting deliveries not ended, without what is in flight
 */
public record EndpointHealth(
        State state,
        long waiting,
        int consecutiveFailures,
        @Nullable Instant lastSuccessAt,
        @Nullable Instant lastFailureAt,
        @Nullable String lastError) {
    public static final EndpointHealth UNKNOWN = new EndpointHealth(State.IDLE, 0, 0, null, null, null);

    /**
     * @param view the lane in memory, which may not know what was long ago
     * @param saved how the endpoint did when it was last saved
     * @param queued how many deliveries the store's queue has
     */
    static EndpointHealth of(Optional<LaneView> view, Health saved, long queued) {
        Health now = view.map(LaneView::state).map(LaneState::health).orElse(saved);
        long waiting = queued
                + view.map(lane -> lane.freshWaiting() - lane.leavingQueue()).orElse(0);
        long lastSuccessAt = Math.max(now.lastSuccessAt(), saved.lastSuccessAt());
        boolean failedSince = now.lastFailureAt() >= saved.lastFailureAt();
        return new EndpointHealth(
                state(now, lastSuccessAt),
                Math.max(0, waiting),
                now.failures(),
                time(lastSuccessAt),
                time(Math.max(now.lastFailureAt(), saved.lastFailureAt())),
                failedSince ? now.lastError() : saved.lastError());
    }

    private static State state(Health health, long lastSuccessAt) {
        if (health.probeAt() != 0) {
            return State.OPEN;
        }
        if (health.failures() > 0) {
            return State.FAILING;
        }
        return lastSuccessAt == 0 ? State.IDLE : State.HEALTHY;
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
