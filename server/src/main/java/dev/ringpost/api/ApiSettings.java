package dev.ringpost.api;

import java.time.Duration;

/**
 * What an operator decides about the API.
 *
 * @param maxWebhooks of an account, those of kind {@code call} not counted
 * @param retention how long events are kept; a retry schedule must fit inside
 * @param eventLoops how many event loops take connections, from 1
 */
public record ApiSettings(int maxWebhooks, Duration retention, int eventLoops) {
    public static ApiSettings defaults() {
        return new ApiSettings(1000, Duration.ofDays(30), Runtime.getRuntime().availableProcessors());
    }
}
