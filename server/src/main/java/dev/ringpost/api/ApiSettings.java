package dev.ringpost.api;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operator decides about the API.
 *
 * @param maxWebhooks of an account, those of kind {@code call} not counted
 * @param retention how long events are kept; a retry schedule must fit inside
 * @param corsOrigins whose pages may call the API from a browser, {@code *} for every one; none: CORS is off
 * @param eventLoops how many event loops take connections, from 1
 * @param portal where portal links lead
 */
public record ApiSettings(int maxWebhooks, Duration retention, Set<String> corsOrigins, int eventLoops, Portal portal) {
    /**
     * Where portal links lead.
     *
     * @param served false: this server has no pages
     * @param publicUrl where browsers reach this server, without a slash at its end; null: where a link is asked for
     */
    public record Portal(boolean served, @Nullable String publicUrl) {}

    public static ApiSettings defaults() {
        return new ApiSettings(
                1000,
                Duration.ofDays(30),
                Set.of(),
                Runtime.getRuntime().availableProcessors(),
                new Portal(true, null));
    }
}
