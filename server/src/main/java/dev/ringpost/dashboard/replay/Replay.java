package dev.ringpost.dashboard.replay;

import dev.ringpost.dashboard.layout.Badge;
import java.util.List;

/** A job of GET /v1/replays/{id}. */
public record Replay(
        String id,
        String webhookId,
        String status,
        String only,
        List<String> events,
        String since,
        String until,
        long total,
        long queued,
        long succeeded,
        long failed,
        String createdAt) {
    public boolean isRunning() {
        return status.equals("running");
    }

    /** Deliveries that have ended, of those found so far. */
    public long ended() {
        return total - queued;
    }

    public Badge badge() {
        return switch (status) {
            case "running" -> Badge.calm("wait", "running");
            case "done" -> Badge.good("done");
            default -> Badge.calm("off", status);
        };
    }
}
