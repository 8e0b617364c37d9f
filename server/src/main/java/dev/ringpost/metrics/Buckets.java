package dev.ringpost.metrics;

import java.time.Duration;
import java.util.Arrays;

/** The upper bounds of histograms: few, because each is a series for Prometheus to keep. */
final class Buckets {
    /** A request to an endpoint, up to the longest timeout. */
    static final Duration[] ATTEMPT = millis(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000);

    /** From an event to its first attempt: milliseconds when all is well, hours behind a pause or a breaker. */
    static final Duration[] FIRST_ATTEMPT =
            millis(5, 10, 25, 50, 100, 250, 500, 1000, 5000, 30_000, 300_000, 3_600_000, 86_400_000);

    /** From an event to its success: the retry schedule goes on for days. */
    static final Duration[] SUCCESS = millis(
            10, 25, 50, 100, 250, 500, 1000, 5000, 30_000, 300_000, 3_600_000, 21_600_000, 86_400_000, 259_200_000);

    static final Duration[] COMMIT = millis(1, 2, 5, 10, 25, 50, 100, 250, 1000);

    static final Duration[] EVENT_LOOP = millis(1, 2, 5, 10, 25, 50, 100, 250, 1000);

    static final Duration[] REQUEST = millis(1, 2, 5, 10, 25, 50, 100, 250, 1000, 10_000);

    static final double[] BATCH = {1, 2, 5, 10, 25, 50, 100, 250, 500, 1000};

    private Buckets() {}

    private static Duration[] millis(long... bounds) {
        return Arrays.stream(bounds).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
