package dev.ringpost.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.running.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a voice platform reports of its calls. */
final class Calls {
    private Calls() {}

    /** A report that makes its call where it is new. */
    static Map<String, Object> report(String externalId, Map<String, Object> what) {
        Map<String, Object> call = Json.map(
                "agent_id", "front-desk",
                "type", "inbound",
                "from_number", "+15550199",
                "to_number", "+15550100",
                "metadata", Map.of("restaurant", "bella-vista"));
        Map<String, Object> report = Json.map("external_id", externalId, "call", call);
        report.putAll(what);
        return report;
    }

    /** Reports in this order; the id of the call of the first. */
    static String send(Api api, List<Map<String, Object>> reports) {
        JsonNode answer = api.done("/v1/reports", Json.text(reports));
        assertThat(answer.findValues("error")).as(answer.toString()).isEmpty();
        return answer.at("/items/0/call_id").asText();
    }

    /** A call from its beginning to its analysis; its id. */
    static String conversation(Api api, String externalId) {
        return send(api, conversation(externalId));
    }

    /** The reports of a call from its beginning to its analysis. */
    static List<Map<String, Object>> conversation(String externalId) {
        List<Map<String, Object>> said = new ArrayList<>();
        said.add(said("agent", "Bella Vista, good evening. How can I help you?"));
        said.add(said("caller", "Hello, I'd like a table for two on Friday, please."));
        List<Map<String, Object>> half = List.copyOf(said);
        said.add(said("agent", "At half past seven? I have a table by the window."));
        said.add(said("caller", "That would be lovely. The name is O'Neill."));
        return List.of(
                report(externalId, Json.map("type", "connected")),
                report(externalId, Json.map("type", "transcript", "final", false, "messages", half)),
                report(externalId, Json.map("type", "ended", "end_reason", "caller_hung_up", "duration_seconds", 74)),
                report(
                        externalId,
                        Json.map(
                                "type",
                                "recording",
                                "url",
                                "https://recordings.example.com/" + externalId + ".mp3",
                                "duration_seconds",
                                74,
                                "format",
                                "mp3")),
                report(externalId, Json.map("type", "transcript", "final", true, "messages", said)),
                report(
                        externalId,
                        Json.map(
                                "type", "analysis",
                                "outcome", "booked",
                                "summary", "Table for two on Friday at 19:30, by the window, for O'Neill.",
                                "data", Map.of("guests", 2, "sentiment", "positive"))));
    }

    private static Map<String, Object> said(String role, String content) {
        return Json.map("role", role, "content", content);
    }
}
