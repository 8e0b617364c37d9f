package dev.ringpost.api.input;

import dev.ringpost.call.Direction;
import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.WebhookOptions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The options of a webhook, in a body that creates or changes one. */
final class WebhookOptionsInput {
    private static final int MOST_AGENTS = 1000;
    private static final int MOST_RETRIES = 20;
    private static final int MOST_IN_FLIGHT = 1000;
    private static final int MOST_A_SECOND = 100_000;

    private final Duration retention;

    WebhookOptionsInput(Duration retention) {
        this.retention = retention;
    }

    /** What the body says over what there is. A null takes an option that has no value by default back to none. */
    WebhookOptions read(Fields body, WebhookOptions base) {
        Integer timeout = body.integer("timeout_seconds", 1, 30);
        Ordering ordering = body.choice("ordering", Ordering.values(), Ordering::wireName);
        Integer maxInFlight = body.integer("max_in_flight", 1, MOST_IN_FLIGHT);
        return new WebhookOptions(
                agentIds(body, base.agentIds()),
                directions(body, base.directions()),
                timeout == null ? base.timeout() : Duration.ofSeconds(timeout),
                retrySchedule(body, base.retrySchedule()),
                ordering == null ? base.ordering() : ordering,
                maxInFlight == null ? base.maxInFlight() : maxInFlight,
                limit(body, "rate_limit", MOST_A_SECOND, base.rateLimit()),
                limit(body, "max_body_bytes", Integer.MAX_VALUE, base.maxBodyBytes()),
                HeadersInput.read(body, base.headers()));
    }

    private static @Nullable Integer limit(Fields body, String name, int most, @Nullable Integer base) {
        return body.has(name) ? body.integer(name, 1, most) : base;
    }

    private static Set<String> agentIds(Fields body, Set<String> base) {
        List<String> agents = body.texts("agent_ids", MOST_AGENTS, 255);
        if (agents == null) {
            return body.has("agent_ids") ? Set.of() : base;
        }
        return new LinkedHashSet<>(agents);
    }

    private static Set<Direction> directions(Fields body, Set<Direction> base) {
        List<Direction> directions = body.choices("directions", Direction.values(), Direction::wireName);
        if (directions == null) {
            return body.has("directions") ? Set.of() : base;
        }
        return directions.isEmpty() ? Set.of() : EnumSet.copyOf(directions);
    }

    private List<Duration> retrySchedule(Fields body, List<Duration> base) {
        List<Integer> seconds = body.integers("retry_schedule", MOST_RETRIES, 1, (int) retention.toSeconds());
        if (seconds == null) {
            return base;
        }
        long sum = seconds.stream().mapToLong(Integer::longValue).sum();
        if (sum > retention.toSeconds()) {
            body.fault(
                    "retry_schedule",
                    "is longer than events are kept: " + sum + " s, and at most " + retention.toSeconds() + " s");
        }
        return seconds.stream().map(Duration::ofSeconds).toList();
    }
}
