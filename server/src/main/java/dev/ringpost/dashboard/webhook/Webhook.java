package dev.ringpost.dashboard.webhook;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.ringpost.dashboard.layout.Badge;
import dev.ringpost.dashboard.layout.Spans;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A webhook as GET /v1/webhooks/{id} has it. */
public record Webhook(
        String id,
        String name,
        String url,
        List<String> events,
        String status,
        @Nullable String disabledReason,
        String kind,
        String createdAt,
        String updatedAt,
        @Nullable List<String> agentIds,
        @Nullable List<String> directions,
        int timeoutSeconds,
        List<Integer> retrySchedule,
        String ordering,
        int maxInFlight,
        @Nullable Integer rateLimit,
        @Nullable Integer maxBodyBytes,
        String signature,
        @JsonDeserialize(as = LinkedHashMap.class) Map<String, String> headers,
        Health health) {

    /** How its endpoint does. */
    public record Health(
            String state,
            long waiting,
            long consecutiveFailures,
            @Nullable String lastSuccessAt,
            @Nullable String lastFailureAt,
            @Nullable String lastError,
            @Nullable Double successRate) {}

    /** A page of GET /v1/webhooks. */
    public record Items(List<Webhook> items, @Nullable String nextCursor) {}

    public String path() {
        return "/webhooks/" + id;
    }

    public boolean isActive() {
        return status.equals("active");
    }

    /** Its URL, events and secret are what it was made with by calls. */
    public boolean isOfCalls() {
        return kind.equals("call");
    }

    public Badge badge() {
        if (!isActive()) {
            return disabledReason == null ? Badge.calm("paused", "Paused") : new Badge("bad", "off", "Disabled");
        }
        return switch (health.state()) {
            case "healthy" -> Badge.good("Healthy");
            case "failing" -> Badge.warn("Failing");
            case "open" -> new Badge("bad", "off", "Breaker open");
            default -> Badge.calm("idle", "Idle");
        };
    }

    public String retries() {
        return retrySchedule.stream().map(Spans::ofSeconds).collect(Collectors.joining(", "));
    }
}
