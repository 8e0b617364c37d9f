package dev.ringpost.dashboard.delivery;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ringpost.dashboard.layout.Badge;
import dev.ringpost.dashboard.layout.Spans;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A row of the attempt log. */
public record Attempt(
        String id,
        String deliveryId,
        String webhookId,
        String event,
        String eventId,
        @Nullable String callId,
        @Nullable String url,
        String status,
        @JsonProperty("final") boolean isFinal,
        int attempt,
        @Nullable Integer responseStatus,
        @Nullable String responseBody,
        @Nullable Map<String, String> responseHeaders,
        @Nullable String error,
        long durationMs,
        @Nullable String nextRetryAt,
        String completedAt,
        String createdAt,
        boolean test) {
    /** A page of the log. */
    public record Items(List<Attempt> items, @Nullable String nextCursor) {}

    public Badge badge() {
        return Badge.ofDelivery(status);
    }

    public String took() {
        return attempt == 0 ? "–" : Spans.ofMillis(durationMs);
    }
}
