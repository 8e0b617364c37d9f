package dev.ringpost.sim.plan;

import dev.ringpost.webhook.Ordering;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook that a world begins with, or gets later.
 *
 * @param rateLimit attempts a second; null: none
 * @param ofCalls calls name it as their own, and nobody registers it
 * @param witness its receiver is always good and its calls are few: nothing that others do may delay it
 */
public record EndpointPlan(
        int index,
        long account,
        Ordering ordering,
        int maxInFlight,
        @Nullable Integer rateLimit,
        Duration timeout,
        List<Duration> retrySchedule,
        Behaviour behaviour,
        boolean ofCalls,
        boolean witness) {
    public String url() {
        return "http://receiver-" + index + "/";
    }
}
