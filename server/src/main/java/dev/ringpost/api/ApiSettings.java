package dev.ringpost.api;

import java.time.Duration;
import java.util.Set;

/**
 * What an operator decides about the API.
 *
 * @param maxWebhooks of an account, those of kind {@code call} not counted
 * @param retention how long events are kept; a retry schedule must fit inside
 * @param corsOrigins whose pages may call the API from a browser, {@code *} for every one; none: CORS is off
 * @param eventLoops how many event loops take connections, from 1
 */
public record ApiSettings(int maxWebhooks, Duration retention, Set<String> corsOrigins, int eventLoops) {
    public static ApiSettings defaults() {
        return new ApiSettings(
                1000, Duration.ofDays(30), Set.of(), Runtime.getRuntime().availableProcessors());
    }
}
