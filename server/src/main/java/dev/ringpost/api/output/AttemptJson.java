package dev.ringpost.api.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.id.PublicIds;
import dev.ringpost.store.LoggedAttempt;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A row of the attempt log. */
public final class AttemptJson {
    private final PublicIds ids;

    public AttemptJson(PublicIds ids) {
        this.ids = ids;
    }

    public void write(JsonGenerator json, LoggedAttempt row) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", ids.attempt(row.no()));
        json.writeStringField("delivery_id", ids.delivery(row.event(), row.endpoint()));
        json.writeStringField("webhook_id", ids.webhook(row.endpoint()));
        json.writeStringField("event", row.type().wireName());
        json.writeStringField("event_id", ids.event(row.event()));
        Long call = row.call();
        json.writeStringField("call_id", call == null ? null : ids.call(call));
        json.writeStringField("url", row.url());
        json.writeStringField("status", wireName(row.status()));
        json.writeBooleanField("final", row.isFinal());
        json.writeNumberField("attempt", row.attempt());
        Members.integer(json, "response_status", row.responseStatus());
        byte[] body = row.responseBody();
        // A receiver may answer anything: what is no UTF-8 is shown as replacement characters.
        json.writeStringField("response_body", body == null ? null : new String(body, UTF_8));
        writeHeaders(json, row.responseHeaders());
        json.writeStringField("error", row.error());
        json.writeNumberField("duration_ms", row.durationMs());
        Members.time(json, "next_retry_at", row.nextRetryAt());
        Members.time(json, "completed_at", row.completedAt());
        Members.time(json, "created_at", row.createdAt());
        json.writeBooleanField("test", row.test());
        json.writeEndObject();
    }

    /** The status as the log's filter and rows have it. */
    public static String wireName(LoggedAttempt.Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static void writeHeaders(JsonGenerator json, Map<String, List<String>> headers) throws IOException {
        json.writeObjectFieldStart("response_headers");
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            json.writeStringField(header.getKey(), String.join(", ", header.getValue()));
        }
        json.writeEndObject();
    }
}
