package dev.ringpost.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.running.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An account in which something happened: a webhook that does well, one that fails with its breaker open, one that is
 * paused, calls of each kind, and a replay.
 */
record Story(
        String healthy, String failing, String paused, String call, String delivered, String failed, String replay) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> ALL = List.of(
            "call.started",
            "call.ended",
            "call.analyzed",
            "call.failed",
            "call.recording.available",
            "transcript.partial",
            "transcript.final");

    static Story told(Api api, Hook good, Hook broken) {
        good.answer(200, Map.of("content-type", "application/json"), "{\"received\": true}");
        broken.answer(500, Map.of("content-type", "text/plain"), "The database is being migrated, try later.\n");
        String healthy = webhook(api, "Booking service", good.url("/ringpost"), ALL);
        String failing = webhook(api, "CRM", broken.url("/hooks/calls"), List.of("call.ended", "call.analyzed"));
        String paused = webhook(api, "Archive", good.url("/archive"), List.of("transcript.final"));
        api.patch("/v1/webhooks/" + paused, Json.object("status", "inactive"));
        String call = conversation(api, "order-1042");
        for (int i = 1043; i < 1050; i++) {
            conversation(api, "order-" + i);
        }
        report(api, "order-1050", Map.of("type", "failed", "reason", "busy"));
        report(api, "order-1051", Map.of("type", "connected"));
        await().atMost(PATIENCE).until(() -> waiting(api, failing) >= 8);
        await().atMost(PATIENCE).until(() -> attempts(api, healthy, "event=call.analyzed&call_id=" + call) == 1);
        return new Story(
                healthy,
                failing,
                paused,
                call,
                delivery(api, healthy, "event=call.analyzed&call_id=" + call),
                delivery(api, failing, "event=call.ended"),
                replay(api, healthy));
    }

    private static String webhook(Api api, String name, String url, List<String> events) {
        return api.done(
                        "/v1/webhooks",
                        Json.object("name", name, "url", url, "events", events, "retry_schedule", List.of(3600, 7200)))
                .path("id")
                .asText();
    }

    /** A call from its beginning to its analysis; its id. */
    private static String conversation(Api api, String externalId) {
        List<Map<String, Object>> said = new ArrayList<>();
        said.add(said("agent", "Bella Vista, good evening. How can I help you?"));
        said.add(said("caller", "Hello, I'd like a table for two on Friday, please."));
        String id = report(api, externalId, Map.of("type", "connected"));
        report(api, externalId, Map.of("type", "transcript", "final", false, "messages", said));
        said.add(said("agent", "At half past seven? I have a table by the window."));
        said.add(said("caller", "That would be lovely. The name is O'Neill."));
        report(
                api,
                externalId,
                Map.of("type", "ended", "end_reason", "caller_hung_up", "duration_seconds", 74));
        report(
                api,
                externalId,
                Json.map(
                        "type",
                        "recording",
                        "url",
                        "https://recordings.example.com/" + externalId + ".mp3",
                        "duration_seconds",
                        74,
                        "format",
                        "mp3"));
        report(api, externalId, Map.of("type", "transcript", "final", true, "messages", said));
        report(
                api,
                externalId,
                Json.map(
                        "type", "analysis",
                        "outcome", "booked",
                        "summary", "Table for two on Friday at 19:30, by the window, for O'Neill.",
                        "data", Map.of("guests", 2, "sentiment", "positive")));
        return id;
    }

    private static Map<String, Object> said(String role, String content) {
        return Json.map("role", role, "content", content);
    }

    /** The call's id. */
    private static String report(Api api, String externalId, Map<String, ?> report) {
        Map<String, Object> whole = Json.map(
                "external_id",
                externalId,
                "call",
                Json.map(
                        "agent_id", "front-desk",
                        "type", "inbound",
                        "from_number", "+15550199",
                        "to_number", "+15550100",
                        "metadata", Map.of("restaurant", "bella-vista")));
        whole.putAll(report);
        JsonNode answer = api.done("/v1/reports", Json.text(whole));
        assertThat(answer.at("/items/0/error").isMissingNode())
                .as(answer.toString())
                .isTrue();
        return answer.at("/items/0/call_id").asText();
    }

    private static String replay(Api api, String webhook) {
        Instant since = Instant.now().minusSeconds(600);
        String id = api.done(
                        "/v1/webhooks/" + webhook + "/replay",
                        Json.object("since", since.toString(), "only", "all", "events", List.of("call.ended")))
                .path("id")
                .asText();
        await().atMost(PATIENCE)
                .until(() -> Api.json(api.get("/v1/replays/" + id))
                        .path("status")
                        .asText()
                        .equals("done"));
        return id;
    }

    private static int waiting(Api api, String webhook) {
        return Api.json(api.get("/v1/webhooks/" + webhook))
                .at("/health/waiting")
                .asInt();
    }

    private static int attempts(Api api, String webhook) {
        return attempts(api, webhook, "");
    }

    private static int attempts(Api api, String webhook, String filters) {
        return Api.json(api.get("/v1/webhooks/" + webhook + "/deliveries?" + filters))
                .path("total")
                .asInt();
    }

    private static String delivery(Api api, String webhook, String filters) {
        return Api.json(api.get("/v1/webhooks/" + webhook + "/deliveries?" + filters))
                .at("/items/0/delivery_id")
                .asText();
    }
}
