package dev.ringpost.webhook;

import dev.ringpost.call.Direction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How deliveries to a webhook are made.
 *
 * @param agentIds only calls of these agents; empty: all
 * @param directions only calls of these directions; empty: all
 * @param timeout 1..30 s, from connect until the response's status line and headers are in
 * @param retrySchedule up to 20 pauses between attempts; each is varied by 20 % either way
 * @param maxInFlight attempts at once
 * @param rateLimit attempts a second; null: no limit
 * @param maxBodyBytes a larger transcript event goes without its messages; null: no limit
 * @param headers extra request headers, at most 20
 */
public record WebhookOptions(
        Set<String> agentIds,
        Set<Direction> directions,
        Duration timeout,
        List<Duration> retrySchedule,
        Ordering ordering,
        int maxInFlight,
        @Nullable Integer rateLimit,
        @Nullable Integer maxBodyBytes,
        Map<String, String> headers) {
    public static final WebhookOptions DEFAULT = new WebhookOptions(
            Set.of(),
            Set.of(),
            Duration.ofSeconds(10),
            List.of(
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(30),
                    Duration.ofHours(2),
                    Duration.ofHours(5),
                    Duration.ofHours(10),
                    Duration.ofHours(14),
                    Duration.ofHours(20),
                    Duration.ofHours(24)),
            Ordering.CALL,
            32,
            null,
            null,
            Map.of());
}
