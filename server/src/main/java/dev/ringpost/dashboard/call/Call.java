package dev.ringpost.dashboard.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.dashboard.layout.Badge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call of GET /v1/calls; in the list without messages. */
public record Call(
        String id,
        @Nullable String externalId,
        String agentId,
        String direction,
        String status,
        @Nullable String fromNumber,
        @Nullable String toNumber,
        @Nullable String scheduledAt,
        JsonNode metadata,
        @Nullable String webhookUrl,
        @Nullable String webhookMode,
        @Nullable String startedAt,
        @Nullable String endedAt,
        @Nullable Double durationSeconds,
        @Nullable String endReason,
        @Nullable String failureReason,
        @Nullable JsonNode messages,
        @Nullable String recordingUrl,
        @Nullable Double recordingDurationSeconds,
        @Nullable String recordingFormat,
        @Nullable String recordingExpiresAt,
        @Nullable String outcome,
        @Nullable String summary,
        @Nullable JsonNode analysis,
        String createdAt) {
    /** A page of GET /v1/calls. */
    public record Calls(List<Call> items, @Nullable String nextCursor) {}

    public boolean isOver() {
        return status.equals("completed") || status.equals("failed");
    }

    /** May be erased: not while it goes on. */
    public boolean isErasable() {
        return isOver() || status.equals("queued");
    }

    public Badge badge() {
        return switch (status) {
            case "completed" -> Badge.good("completed");
            case "failed" -> Badge.bad("failed");
            case "in_progress" -> Badge.calm("calls", "in progress");
            default -> Badge.calm("wait", status);
        };
    }

    /** Why it ended, whichever way. */
    public @Nullable String reason() {
        return failureReason == null ? endReason : failureReason;
    }
}
