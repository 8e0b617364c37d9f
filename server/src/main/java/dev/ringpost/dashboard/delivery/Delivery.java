package dev.ringpost.dashboard.delivery;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.dashboard.layout.Badge;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A delivery as GET /v1/deliveries/{id} has it. */
public record Delivery(
        String id,
        String webhookId,
        String event,
        String eventId,
        @Nullable String callId,
        @Nullable String url,
        String status,
        @JsonProperty("final") boolean isFinal,
        @Nullable String dueAt,
        @Nullable String heldBy,
        @Nullable Map<String, String> requestHeaders,
        @Nullable JsonNode payload,
        List<Attempt> attempts) {
    public String path() {
        return "/deliveries/" + id;
    }

    public Badge badge() {
        return Badge.ofDelivery(status);
    }

    /** What it waits for other than its time and its turn; null where that is nothing. */
    public @Nullable Badge hold() {
        return heldBy == null || heldBy.equals("schedule") || heldBy.equals("rate") ? null : Badge.ofHold(heldBy);
    }

    /** Its event is still kept. */
    public boolean hasPayload() {
        return payload != null && !payload.isNull();
    }

    /** For people. */
    public String prettyPayload() {
        return payload == null ? "" : payload.toPrettyString();
    }

    public Map<String, String> headers() {
        return requestHeaders == null ? Map.of() : requestHeaders;
    }

    /** What changes while somebody looks; the page asks again with it, and is told only where it differs. */
    public String state() {
        return status + "-" + attempts.size() + "-" + (dueAt == null ? "" : dueAt) + "-"
                + (heldBy == null ? "" : heldBy);
    }

    /** The request as a command line for a shell. */
    public String curl() {
        return Curl.of(this);
    }
}
