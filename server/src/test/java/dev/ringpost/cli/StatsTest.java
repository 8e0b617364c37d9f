package dev.ringpost.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.running.LocalEndpoint;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a whole server counts while it delivers; its clock is set by hand. */
class StatsTest {
    @TempDir
    Path folder;

    private final LocalEndpoint endpoint = new LocalEndpoint();
    private RestartableServer server;
    private String good;
    private String bad;

    @BeforeEach
    void start() {
        server = new RestartableServer(folder);
        good = server.webhook(URI.create(endpoint.url("/204")), ", 'events': ['call.started']");
        bad = server.webhook(
                URI.create(endpoint.url("/500")), ", 'events': ['call.started'], 'retry_schedule': [3600]");
    }

    @AfterEach
    void close() {
        server.close();
        endpoint.close();
    }

    @Test
    void whatHappensIsCountedWhereAndWhenItHappens() {
        server.connect(2, "first");
        await().untilAsserted(() -> {
            JsonNode totals = stats("").path("totals");
            assertThat(totals.path("events").asInt()).isEqualTo(2);
            assertThat(totals.path("deliveries_succeeded").asInt()).isEqualTo(2);
            assertThat(totals.path("attempts_failed").asInt()).isEqualTo(2);
        });
        JsonNode totals = stats("").path("totals");
        assertThat(totals.path("success_rate").asDouble()).isEqualTo(0.5);
        assertThat(totals.path("lag_p99_ms").asInt()).isLessThan(30_000);
        assertThat(stats("&webhook_id=" + id(bad)).at("/totals/events").asInt()).isEqualTo(2);
        assertThat(stats("&webhook_id=" + id(bad)).at("/totals/lag_p50_ms").isNull())
                .isTrue();
        assertThat(stats("&webhook_id=" + id(good)).at("/totals/success_rate").asDouble())
                .isOne();
        assertThat(server.get(bad, 200).at("/health/success_rate").asDouble()).isZero();
        await().untilAsserted(() -> assertThat(stats("").path("now"))
                .hasToString("{\"waiting\":2,\"webhooks_failing\":1,\"webhooks_open\":0}"));

        // The second and last attempt of each fails two hours later: then they have given up. More failures would open
        // the
        // breaker.
        Instant before = server.now();
        server.advance(Duration.ofHours(2));
        server.connect(1, "second");
        await().untilAsserted(() -> {
            JsonNode since = stats("&interval=hour&since=" + before.plus(Duration.ofMinutes(61)));
            assertThat(since.at("/totals/events").asInt()).isOne();
            assertThat(since.at("/totals/deliveries_failed").asInt()).isEqualTo(2);
        });
        assertThat(stats("&interval=hour").at("/totals/events").asInt()).isEqualTo(3);
        assertThat(stats("&interval=hour&until=" + before)
                        .at("/totals/deliveries_failed")
                        .asInt())
                .isZero();
    }

    @Test
    void aStopStoresWhatWasCounted() {
        server.connect(2, "first");
        await().until(() -> endpoint.received("/500").size() == 2);
        server.restart();
        assertThat(stats("").at("/totals/events").asInt()).isEqualTo(2);
        assertThat(stats("").at("/totals/attempts_failed").asInt()).isEqualTo(2);
    }

    @Test
    void anEndpointThatRecoversIsNoLongerListed() {
        URI url = URI.create(endpoint.url("/204"));
        server.connect(1, "first");
        await().until(() ->
                server.get("/v1/webhooks?failing=true", 200).path("total").asInt() == 1);
        server.patch(bad, "{'url': '" + url + "/again'}");
        await().until(() ->
                server.get("/v1/webhooks?failing=true", 200).path("total").asInt() == 0);
    }

    private JsonNode stats(String query) {
        return server.get("/v1/stats" + query.replaceFirst("&", "?"), 200);
    }

    private static String id(String webhook) {
        return webhook.substring(webhook.lastIndexOf('/') + 1);
    }
}
