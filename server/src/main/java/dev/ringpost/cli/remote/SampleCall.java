package dev.ringpost.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringpost.call.EventType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call that is reported up to one event, as a call engine would: nobody is called. What comes of it is as real as any
 * event of the account.
 */
public final class SampleCall {
    private static final String AGENT = "ringpost-trigger";
    private static final String OUTCOME = "booked";
    private static final String SUMMARY = "The caller booked a table for two on Friday at 19:00.";

    private final String externalId;
    private final @Nullable String webhookUrl;
    private final Instant now;

    /**
     * @param externalId of a new call, or of one that is to go on
     * @param webhookUrl gets its events beside the account's webhooks; null: nobody does
     */
    public SampleCall(String externalId, @Nullable String webhookUrl, Instant now) {
        this.externalId = externalId;
        this.webhookUrl = webhookUrl;
        this.now = now;
    }

    /** Reports up to the event; the answer has an item for each report. */
    public JsonNode report(Remote remote, EventType event) {
        ArrayNode reports = Remote.JSON.createArrayNode();
        for (ObjectNode report : upTo(event)) {
            reports.add(report.put("external_id", externalId).set("call", call()));
        }
        return remote.post("/v1/reports", reports).json();
    }

    private ObjectNode call() {
        ObjectNode call = Remote.JSON
                .createObjectNode()
                .put("agent_id", AGENT)
                .put("type", "inbound")
                .put("from_number", "+14155550123")
                .put("to_number", "+14155550100");
        call.putObject("metadata").put("triggered", true);
        if (webhookUrl != null) {
            call.put("webhook_url", webhookUrl).put("webhook_mode", "in_addition");
        }
        return call;
    }

    private List<ObjectNode> upTo(EventType event) {
        List<ObjectNode> reports = new ArrayList<>();
        if (event == EventType.CALL_FAILED) {
            reports.add(of("failed").put("reason", "no_answer"));
            return reports;
        }
        reports.add(of("connected"));
        switch (event) {
            case CALL_ENDED -> reports.add(ended().put("outcome", OUTCOME).put("summary", SUMMARY));
            case CALL_ANALYZED -> {
                // It waits for the analysis, which goes out right behind it.
                reports.add(ended());
                ObjectNode analysis = of("analysis").put("outcome", OUTCOME).put("summary", SUMMARY);
                analysis.putObject("data").put("party_size", 2);
                reports.add(analysis);
            }
            case CALL_RECORDING_AVAILABLE -> {
                reports.add(endedWithout());
                reports.add(of("recording")
                        .put("url", "https://recordings.example.com/" + externalId + ".mp3")
                        .put("duration_seconds", 42.5)
                        .put("format", "mp3"));
            }
            case TRANSCRIPT_PARTIAL -> reports.add(transcript(false));
            case TRANSCRIPT_FINAL -> {
                reports.add(endedWithout());
                reports.add(transcript(true));
            }
            default -> {}
        }
        return reports;
    }

    private static ObjectNode of(String type) {
        return Remote.JSON.createObjectNode().put("type", type);
    }

    private static ObjectNode ended() {
        return of("ended").put("end_reason", "caller_hangup").put("duration_seconds", 42.5);
    }

    /** With an outcome call.analyzed would follow. */
    private static ObjectNode endedWithout() {
        return ended().putNull("outcome").putNull("summary");
    }

    private ObjectNode transcript(boolean isFinal) {
        ObjectNode report = of("transcript").put("final", isFinal);
        ArrayNode messages = report.putArray("messages");
        say(messages, "agent", "Good evening, how can I help you?", 2);
        say(messages, "user", "A table for two on Friday at seven, please.", 1);
        if (isFinal) {
            say(messages, "agent", "Friday at seven it is. See you then!", 0);
        }
        return report;
    }

    private void say(ArrayNode messages, String role, String content, int secondsAgo) {
        messages.addObject()
                .put("role", role)
                .put("content", content)
                .put("at", now.minusSeconds(secondsAgo).toString());
    }
}
