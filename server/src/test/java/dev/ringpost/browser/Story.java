package dev.ringpost.browser;

import static org.awaitility.Awaitility.await;

import dev.ringpost.running.Api;
import java.time.Duration;
import java.time.Instant;
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
        String call = Calls.conversation(api, "order-1042");
        for (int i = 1043; i < 1050; i++) {
            Calls.conversation(api, "order-" + i);
        }
        Calls.send(
                api,
                List.of(
                        Calls.report("order-1050", Json.map("type", "failed", "reason", "busy")),
                        Calls.report("order-1051", Json.map("type", "connected"))));
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
