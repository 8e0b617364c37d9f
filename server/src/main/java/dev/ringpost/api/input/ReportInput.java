package dev.ringpost.api.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.api.json.StrictJson;
import dev.ringpost.call.Json;
import dev.ringpost.call.Recording;
import dev.ringpost.call.Report;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a call engine says about a call.
 *
 * @param idempotencyKey null: none
 */
public record ReportInput(Report report, @Nullable String idempotencyKey) {
    private static final int LONGEST_LABEL = 1024;
    private static final int LONGEST_SUMMARY = 64 << 10;
    private static final int MOST_MESSAGES = 100_000;
    private static final double LONGEST_CALL_SECONDS = 366 * 86_400.0;

    /** In JSON the lower-case name. */
    private enum Type {
        INITIATED,
        CONNECTED,
        ENDED,
        FAILED,
        RECORDING,
        TRANSCRIPT,
        ANALYSIS;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads all fields of a report but those that name its call; worth something only where no fault was found. */
    public static ReportInput read(Fields fields, Instant arrivedAt) {
        String idempotencyKey = fields.text("idempotency_key", 1, 255);
        Instant said = fields.time("at");
        Instant at = said == null ? arrivedAt : said;
        Type type = fields.choice("type", Type.values(), Type::wireName);
        if (type == null) {
            if (fields.value("type") == null) {
                fields.fault("type", "is required");
            }
            // Which other fields there may be is unknown without the type.
            return new ReportInput(new Report.Initiated(at), idempotencyKey);
        }
        Report report = switch (type) {
            case INITIATED -> new Report.Initiated(at);
            case CONNECTED -> new Report.Connected(at);
            case ENDED -> ended(fields, at);
            case FAILED -> new Report.Failed(at, fields.requiredText("reason", LONGEST_LABEL));
            case RECORDING -> new Report.RecordingReady(at, recording(fields));
            case TRANSCRIPT -> new Report.TranscriptSaid(at, messages(fields), fields.requiredFlag("final"));
            case ANALYSIS -> analysis(fields, at);
        };
        fields.done();
        return new ReportInput(report, idempotencyKey);
    }

    private static Report ended(Fields fields, Instant at) {
        boolean hasOutcome = fields.has("outcome");
        boolean hasSummary = fields.has("summary");
        return new Report.Ended(
                at,
                fields.text("end_reason", LONGEST_LABEL),
                duration(fields),
                hasOutcome || hasSummary,
                fields.text("outcome", LONGEST_LABEL),
                fields.text("summary", LONGEST_SUMMARY));
    }

    private static Report analysis(Fields fields, Instant at) {
        for (String name : List.of("outcome", "summary")) {
            if (!fields.has(name)) {
                fields.fault(name, "is required (it may be null)");
            }
        }
        JsonNode data = fields.value("data");
        return new Report.Analyzed(
                at,
                fields.text("outcome", LONGEST_LABEL),
                fields.text("summary", LONGEST_SUMMARY),
                data == null ? null : new Json(StrictJson.compact(data)));
    }

    private static Recording recording(Fields fields) {
        String url = fields.requiredText("url", CallInput.LONGEST_URL);
        if (!url.isEmpty() && !isHttpUrl(url)) {
            fields.fault("url", "must be an http or https URL");
        }
        return new Recording(url, duration(fields), fields.text("format", 255), fields.time("expires_at"));
    }

    private static boolean isHttpUrl(String text) {
        try {
            URI url = new URI(text);
            return url.getHost() != null
                    && ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static @Nullable Double duration(Fields fields) {
        return fields.number("duration_seconds", 0, LONGEST_CALL_SECONDS);
    }

    private static Json messages(Fields fields) {
        List<Fields> messages = fields.children("messages", MOST_MESSAGES);
        JsonNode value = fields.value("messages");
        if (messages == null || value == null) {
            fields.fault("messages", "is required");
            return new Json("[]");
        }
        for (Fields message : messages) {
            message.requiredText("role", 64);
            if (message.value("content") == null) {
                message.fault("content", "is required");
            }
            message.text("content", Integer.MAX_VALUE);
            message.text("at", 64);
            message.done();
        }
        return new Json(StrictJson.compact(value));
    }
}
