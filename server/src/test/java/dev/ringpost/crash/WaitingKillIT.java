package dev.ringpost.crash;

import static dev.ringpost.running.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringpost.running.Api;
import dev.ringpost.running.LocalEndpoint;
import dev.ringpost.running.RingpostProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 right after a promise about what waits: it is kept by the next start. */
class WaitingKillIT {
    private static final String KEY = "rp_sk_waitingkillwaitingkillwaitingkill";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void whatWasAskedForGoesOut() {
        try (LocalEndpoint endpoint = new LocalEndpoint()) {
            List<String> deliveries = new ArrayList<>();
            try (RingpostProcess server = start()) {
                Api api = new Api(server.url(), KEY);
                String webhook = webhook(api, endpoint.url("/500"), 10);
                awaitState(api, webhook, "open");
                for (JsonNode item : json(api.get(webhook + "/waiting")).get("items")) {
                    deliveries.add(item.get("delivery_id").asText());
                }
                // One attempt a second: most of what is asked for has not gone yet when the server dies.
                api.patch(webhook, "{'rate_limit': 1}");
                deliveries.forEach(delivery -> assertThat(api.post("/v1/deliveries/" + delivery + "/retry", "{}")
                                .statusCode())
                        .isEqualTo(202));
            }
            try (RingpostProcess server = start()) {
                Api api = new Api(server.url(), KEY);
                assertThat(deliveries).hasSize(10);
                // Five attempts opened the breaker, and each that was asked for makes one more.
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(endpoint.received("/500")).hasSizeGreaterThanOrEqualTo(15));
                deliveries.forEach(delivery -> assertThat(
                                json(api.get("/v1/deliveries/" + delivery)).get("attempts"))
                        .isNotEmpty());
            }
        }
    }

    @Test
    void whatARepairMakesDueGoesOut() {
        try (LocalEndpoint endpoint = new LocalEndpoint()) {
            Set<String> waiting = new HashSet<>();
            try (RingpostProcess server = start()) {
                Api api = new Api(server.url(), KEY);
                String webhook = webhook(api, endpoint.url("/500"), 150);
                awaitState(api, webhook, "open");
                json(api.get(webhook + "/waiting?limit=200"))
                        .get("items")
                        .forEach(item -> waiting.add(item.get("event_id").asText()));
                api.patch(webhook, "{'url': '" + endpoint.url("/mended") + "'}");
            }
            try (RingpostProcess _ = start()) {
                await().atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(events(endpoint.received("/mended"))).containsAll(waiting));
            }
        }
    }

    private static Set<String> events(List<LocalEndpoint.Received> received) {
        Set<String> events = new HashSet<>();
        for (LocalEndpoint.Received each : received) {
            events.add(read(each.body()).get("id").asText());
        }
        return events;
    }

    private RingpostProcess start() {
        return RingpostProcess.start(folder, Map.of(), "--bootstrap-key", KEY, "--allow-private-targets");
    }

    /** A webhook that gives up after a day, with so many events. Returns its path. */
    private static String webhook(Api api, String url, int events) {
        String body = "{'url': '" + url + "', 'events': ['call.started'], 'retry_schedule': [86400, 86400]}";
        String path =
                "/v1/webhooks/" + json(api.post("/v1/webhooks", body)).get("id").asText();
        for (int i = 0; i < events; i++) {
            String report = "{'type': 'connected', 'external_id': 'c" + i + "', 'call': {'agent_id': 'a',"
                    + " 'type': 'inbound', 'from_number': null, 'to_number': null}}";
            assertThat(api.post("/v1/reports", report).statusCode()).isEqualTo(200);
        }
        return path;
    }

    private static void awaitState(Api api, String webhook, String state) {
        await().atMost(PATIENCE)
                .until(() -> json(api.get(webhook)).at("/health/state").asText().equals(state));
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
