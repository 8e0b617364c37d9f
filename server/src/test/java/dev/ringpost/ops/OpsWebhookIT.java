package dev.ringpost.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringpost.crash.ServerProcess;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What whoever runs a server is told with --ops-webhook, from the jar. */
class OpsWebhookIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private OpsReceiver receiver;
    private Path data;
    private ServerProcess server;

    @BeforeEach
    void start() throws Exception {
        receiver = new OpsReceiver();
        data = Files.createDirectory(folder.resolve("data"));
        server = ServerProcess.start(data, "--ops-webhook", receiver.url("/ops"));
    }

    @AfterEach
    void stop() throws Exception {
        server.stop();
        receiver.close();
    }

    @Test
    void theOperatorIsToldOfWhatFailsRecoversAndIsDisabled() throws Exception {
        String webhook = webhook("/a");
        receiver.answer("/a", 500);
        for (int i = 0; i < 5; i++) {
            reportCall();
        }
        awaitCounts(Map.of("delivery.exhausted", 5L, "webhook.failing", 1L));
        receiver.answer("/a", 204);
        reportCall();
        awaitCounts(Map.of("delivery.exhausted", 5L, "webhook.failing", 1L, "webhook.recovered", 1L));
        receiver.answer("/a", 410);
        reportCall();
        await().atMost(SOON).until(() -> count("webhook.disabled") == 1);

        String secret = send("GET", "/v1/signing-secret", "", 200).get("secret").asText();
        for (OpsReceiver.Taken taken : receiver.takenAt("/ops")) {
            taken.verify(secret);
            assertThat(taken.json().get("id").asText()).isEqualTo(taken.id());
            assertThat(taken.json().get("webhook_id").asText()).isEqualTo(webhook);
            assertThat(taken.json().get("account_id").asText()).startsWith("acct_");
            assertThat(taken.json().get("suppressed").asLong()).isZero();
        }
        JsonNode exhausted = notice("delivery.exhausted");
        JsonNode row =
                send("GET", "/v1/deliveries/" + exhausted.get("delivery_id").asText(), "", 200);
        assertThat(row.get("event_id")).isEqualTo(exhausted.get("event_id"));
        assertThat(row.get("event")).isEqualTo(exhausted.get("event_type"));
        assertThat(row.get("call_id")).isEqualTo(exhausted.get("call_id"));
        assertThat(notice("webhook.disabled").get("reason"))
                .isEqualTo(send("GET", "/v1/webhooks/" + webhook, "", 200).get("disabled_reason"));
    }

    @Test
    void itsLogIsTheOperatorsAndItsSettingsAreTheServers() throws Exception {
        webhook("/gone");
        receiver.answer("/gone", 410);
        reportCall();
        String status = "/v1/deliveries?event=webhook.disabled&status=succeeded";
        await().atMost(SOON)
                .until(() -> send("GET", status, "", 200).get("total").asInt() == 1);
        JsonNode logged = send("GET", status, "", 200).at("/items/0");
        String ops = logged.get("webhook_id").asText();
        assertThat(logged.get("event").asText()).isEqualTo("webhook.disabled");
        assertThat(logged.get("status").asText()).isEqualTo("succeeded");
        assertThat(logged.get("call_id").isNull()).isTrue();
        assertThat(logged.get("test").asBoolean()).isFalse();
        JsonNode delivery =
                send("GET", "/v1/deliveries/" + logged.get("delivery_id").asText(), "", 200);
        assertThat(delivery.get("payload")).isEqualTo(notice("webhook.disabled"));
        assertThat(names(send("GET", "/v1/events", "", 200))).containsOnly("call.started");
        send("GET", "/v1/events/" + logged.get("event_id").asText(), "", 404);

        String path = "/v1/webhooks/" + ops;
        assertThat(send("GET", path, "", 200).get("kind").asText()).isEqualTo("ops");
        assertThat(send("GET", "/v1/webhooks", "", 200).get("total").asInt()).isOne();
        assertThat(send("GET", "/v1/webhooks?kind=call", "", 200).get("total").asInt())
                .isZero();
        send("GET", "/v1/webhooks?kind=ops", "", 422);
        send("PATCH", path, "{'url': 'https://example.com'}", 422);
        send("PATCH", path, "{'events': ['call.ended']}", 422);
        send("PATCH", path, "{'timeout_seconds': 3}", 200);
        send("DELETE", path, "", 409);
        send("POST", path + "/rotate-secret", "", 409);
        assertThat(send("POST", path + "/test", "{'event': 'delivery.exhausted'}", 200)
                        .get("response_status")
                        .asInt())
                .isEqualTo(204);
        send("POST", path + "/test", "{'event': 'call.ended'}", 422);
    }

    @Test
    void aNoticeOutlivesAKillAndFollowsTheOption() throws Exception {
        receiver.answer("/ops", 503);
        webhook("/gone");
        receiver.answer("/gone", 410);
        reportCall();
        String failed = "/v1/deliveries?event=webhook.disabled&status=failed";
        await().atMost(SOON)
                .until(() -> send("GET", failed, "", 200).get("total").asInt() > 0);
        String ops = send("GET", failed, "", 200).at("/items/0/webhook_id").asText();
        server.kill();
        server = ServerProcess.start(data, "--ops-webhook", receiver.url("/other"));
        await().atMost(SOON).until(() -> !notices("/other", "webhook.disabled").isEmpty());
        JsonNode followed = send("GET", "/v1/webhooks/" + ops, "", 200);
        assertThat(followed.get("url").asText()).isEqualTo(receiver.url("/other"));
        assertThat(followed.get("status").asText()).isEqualTo("active");

        server.stop();
        server = ServerProcess.start(data);
        send("GET", "/v1/webhooks/" + ops, "", 404);
        assertThat(send("GET", "/v1/deliveries?webhook_id=" + ops, "", 200)
                        .get("total")
                        .asInt())
                .isPositive();
    }

    /** Subscribed to call.started, without retries. */
    private String webhook(String path) throws Exception {
        return send(
                        "POST",
                        "/v1/webhooks",
                        "{'url': '" + receiver.url(path) + "', 'events': ['call.started'], 'retry_schedule': []}",
                        201)
                .get("id")
                .asText();
    }

    private void reportCall() throws Exception {
        String call = send("POST", "/v1/calls/web", "{'agent_id': 'a'}", 201)
                .get("id")
                .asText();
        send("POST", "/v1/calls/" + call + "/reports", "{'type': 'connected'}", 200);
    }

    private void awaitCounts(Map<String, Long> expected) {
        await().atMost(SOON).untilAsserted(() -> {
            Map<String, Long> counts = new TreeMap<>();
            for (OpsReceiver.Taken taken : receiver.takenAt("/ops")) {
                counts.merge(taken.json().get("event").asText(), 1L, Long::sum);
            }
            assertThat(counts).isEqualTo(new TreeMap<>(expected));
        });
    }

    private long count(String event) throws Exception {
        return notices("/ops", event).size();
    }

    private JsonNode notice(String event) throws Exception {
        return notices("/ops", event).getFirst();
    }

    private List<JsonNode> notices(String path, String event) throws Exception {
        List<JsonNode> notices = new ArrayList<>();
        for (OpsReceiver.Taken taken : receiver.takenAt(path)) {
            if (taken.json().get("event").asText().equals(event)) {
                notices.add(taken.json());
            }
        }
        return notices;
    }

    private static List<String> names(JsonNode list) {
        return StreamSupport.stream(list.get("items").spliterator(), false)
                .map(row -> row.get("event").asText())
                .toList();
    }

    private JsonNode send(String method, String path, String json, int status) throws Exception {
        HttpResponse<String> answer = server.send(method, path, json.replace('\'', '"'));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
    }
}
