package dev.ringpost.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replays on a whole server with real receivers. */
@SuppressWarnings("NullAway.Init") // set before each test
class ReplayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SINCE = "'since': '2020-01-01T00:00:00Z'";

    @TempDir
    Path folder;

    private RestartableServer server;
    private LiveReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = new LiveReceiver(204);
        server = new RestartableServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
        receiver.close();
    }

    @Test
    void whatGaveUpIsSentAgainWithItsIds() throws IOException {
        try (LiveReceiver flaky = new LiveReceiver(request -> request % 5 == 0 ? 204 : 500)) {
            String webhook = server.webhook(
                    flaky.url(), ", 'events': ['call.started'], 'retry_schedule': [], 'max_in_flight': 1");
            server.connect(50, "a");
            await().atMost(PATIENCE).until(() -> logged(webhook, "") == 50);
            server.patch(webhook, "{'url': '" + receiver.url() + "'}");
            JsonNode replay = server.post(webhook + "/replay", "{" + SINCE + "}", 202);
            assertThat(replay.get("id").asText()).startsWith("rpl_");
            assertThat(replay.get("only").asText()).isEqualTo("failed");
            JsonNode done = awaitStatus(replay, "done");
            assertCounts(done, 40, 0, 40, 0);
            assertThat(receiver.accepted).hasSize(40).doesNotHaveDuplicates();
            assertThat(receiver.accepted).doesNotContainAnyElementsOf(flaky.accepted);
            assertThat(receiver.attempts).containsOnly("2");
            JsonNode again = server.post(webhook + "/replay", "{" + SINCE + "}", 202);
            assertCounts(awaitStatus(again, "done"), 0, 0, 0, 0);
            JsonNode all = server.post(webhook + "/replay", "{" + SINCE + ", 'only': 'all'}", 202);
            assertCounts(awaitStatus(all, "done"), 50, 0, 50, 0);
        }
    }

    @Test
    void whatNeverBecameADeliveryIsMissing() {
        server.connect(3, "a");
        server.connect(2, "b");
        String webhook = server.webhook(receiver.url(), ", 'events': ['call.started'], 'agent_ids': ['a']");
        server.patch(webhook, "{'status': 'inactive'}");
        server.connect(4, "a");
        assertThat(WaitingDeliveriesTest.type(server.post(webhook + "/replay", "{" + SINCE + "}", 409)))
                .isEqualTo("webhook-inactive");
        server.patch(webhook, "{'status': 'active'}");
        server.connect(1, "a");
        await().atMost(PATIENCE).until(() -> receiver.accepted.size() == 1);
        JsonNode replay = server.post(webhook + "/replay", "{" + SINCE + ", 'only': 'missing'}", 202);
        assertCounts(awaitStatus(replay, "done"), 7, 0, 7, 0);
        assertThat(receiver.accepted).hasSize(8).doesNotHaveDuplicates();
        assertThat(receiver.attempts).containsOnly("1");
    }

    @Test
    void aReplayGoesOnAfterARestartAndIsCancelled() {
        server.connect(900, "a");
        server.connect(600, "b");
        receiver.answer(500);
        String webhook = server.webhook(
                receiver.url(), ", 'events': ['call.started'], 'retry_schedule': [86400], 'max_in_flight': 1");
        JsonNode replay = server.post(webhook + "/replay", "{" + SINCE + ", 'only': 'missing'}", 202);
        await().atMost(PATIENCE).until(() -> show(replay).get("total").asInt() >= 800);
        server.restart();
        JsonNode running = show(replay);
        assertThat(running.get("status").asText()).isEqualTo("running");
        assertThat(running.get("queued").asInt()).isBetween(800, 1000);
        server.delete("/v1/replays/" + replay.get("id").asText(), 200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.waiting(webhook)).isZero());
        JsonNode cancelled = show(replay);
        assertThat(cancelled.get("status").asText()).isEqualTo("cancelled");
        assertThat(cancelled.get("queued").asInt()).isZero();
        assertThat(cancelled.get("failed").asInt())
                .isEqualTo(cancelled.get("total").asInt());
        server.delete("/v1/replays/" + replay.get("id").asText(), 200);
        server.get("/v1/replays/rpl_unknown", 404);
    }

    @Test
    void theFaultsOfAReplayAreNamed() {
        String webhook = server.webhook(receiver.url(), ", 'events': ['call.started']");
        JsonNode refused = server.post(
                webhook + "/replay", "{'until': '1999-13-01', 'events': ['x'], 'only': 'some', 'n': 1}", 422);
        assertThat(refused.get("errors").findValuesAsText("pointer"))
                .contains("/since", "/until", "/events/0", "/only", "/n");
        server.post(webhook + "/replay", "{'since': '2999-01-01T00:00:00Z'}", 422);
        server.post("/v1/webhooks/wh_unknown/replay", "{" + SINCE + "}", 404);
    }

    private long logged(String webhook, String filter) {
        return server.get(webhook + "/deliveries?limit=1" + filter, 200)
                .get("total")
                .asLong();
    }

    private JsonNode show(JsonNode replay) {
        return server.get("/v1/replays/" + replay.get("id").asText(), 200);
    }

    private JsonNode awaitStatus(JsonNode replay, String status) {
        await().atMost(PATIENCE).until(() -> show(replay).get("status").asText().equals(status));
        return show(replay);
    }

    private static void assertCounts(JsonNode replay, int total, int queued, int succeeded, int failed) {
        assertThat(List.of(
                        replay.get("total").asInt(),
                        replay.get("queued").asInt(),
                        replay.get("succeeded").asInt(),
                        replay.get("failed").asInt()))
                .containsExactly(total, queued, succeeded, failed);
    }
}
