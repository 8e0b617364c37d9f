package dev.ringpost.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A row of the attempt log, as GET /v1/deliveries answers. */
public record HistoryRow(
        String completedAt,
        String eventId,
        String event,
        String callId,
        String path,
        String status,
        int attempt,
        @Nullable Integer responseStatus,
        long durationMs,
        @Nullable String nextRetryAt) {
    static HistoryRow of(JsonNode row) {
        return new HistoryRow(
                row.path("completed_at").asText(),
                row.path("event_id").asText(),
                row.path("event").asText(),
                row.path("call_id").asText(),
                URI.create(row.path("url").asText()).getPath(),
                row.path("status").asText(),
                row.path("attempt").asInt(),
                row.path("response_status").isInt()
                        ? row.path("response_status").asInt()
                        : null,
                row.path("duration_ms").asLong(),
                row.path("next_retry_at").isTextual()
                        ? row.path("next_retry_at").asText()
                        : null);
    }

    /** Whether the row is what the server noted of this request. */
    boolean isOf(Arrival arrival) {
        return eventId.equals(arrival.id())
                && path.equals(arrival.path())
                && attempt == arrival.attempt()
                && responseStatus != null
                && responseStatus == arrival.answered();
    }
}
