package dev.ringpost.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of deliveries that wait, on a whole server with real receivers. */
@SuppressWarnings("NullAway.Init") // set before each test
class WaitingDeliveriesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String STARTED = ", 'events': ['call.started'], 'retry_schedule': [86400, 86400, 86400]";

    @TempDir
    Path folder;

    private RestartableServer server;
    private LiveReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        receiver = new LiveReceiver(500);
        server = new RestartableServer(folder);
    }

    @AfterEach
    void stop() {
        server.close();
        receiver.close();
    }

    @Test
    void aChangeOfUrlDeliversAllThatWaitsOnLongSchedules() throws IOException {
        // One success in five keeps the breaker closed: so each delivery is tried, and waits for a day.
        try (LiveReceiver flaky = new LiveReceiver(request -> request % 5 == 0 ? 204 : 500)) {
            String webhook = server.webhook(flaky.url(), STARTED + ", 'max_in_flight': 1");
            server.connect(375, "a");
            await().atMost(PATIENCE).until(() -> flaky.requests.get() == 375);
            awaitWaiting(webhook, 300);
            JsonNode page = server.get(webhook + "/waiting?limit=200", 200);
            assertThat(page.get("total").asInt()).isEqualTo(300);
            assertThat(page.get("items"))
                    .allSatisfy(item -> assertThat(item.get("held_by").asText()).isEqualTo("schedule"));
            receiver.answer(204);
            server.patch(webhook, "{'url': '" + receiver.url() + "'}");
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(new HashSet<>(receiver.accepted)).hasSize(300));
            awaitWaiting(webhook, 0);
            assertThat(receiver.accepted).hasSize(300).doesNotContainAnyElementsOf(flaky.accepted);
            assertThat(receiver.attempts).containsOnly("2");
        }
    }

    @Test
    void whatAnOpenBreakerHoldsGoesOnAfterARestartAndARepair() {
        String webhook = server.webhook(receiver.url(), STARTED);
        server.connect(300, "a");
        await().atMost(PATIENCE)
                .until(() ->
                        server.get(webhook, 200).at("/health/state").asText().equals("open"));
        server.restart();
        assertThat(server.get(webhook, 200).at("/health/state").asText()).isEqualTo("open");
        int before = receiver.requests.get();
        receiver.answer(204);
        server.patch(webhook, "{'status': 'active'}");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(new HashSet<>(receiver.accepted)).hasSize(300));
        assertThat(receiver.requests.get() - before).isEqualTo(300);
        awaitWaiting(webhook, 0);
    }

    @Test
    void whatIsNoLongerSubscribedIsCancelledAtOnce() {
        String webhook =
                server.webhook(receiver.url(), ", 'events': ['call.started', 'call.ended'], 'retry_schedule': [86400]");
        server.connect(700, "a");
        awaitWaiting(webhook, 700);
        server.patch(webhook, "{'events': ['call.ended']}");
        awaitWaiting(webhook, 0);
        JsonNode log = server.get(webhook + "/deliveries?status=cancelled&final=true&limit=1", 200);
        assertThat(log.get("total").asInt()).isEqualTo(700);
        server.restart();
        assertThat(server.waiting(webhook)).isZero();
    }

    @Test
    void theListOfWhatWaitsKeepsToTheConventions() {
        String webhook = server.webhook(receiver.url(), STARTED);
        server.connect(40, "a");
        awaitWaiting(webhook, 40);
        List<String> all = texts(server.get(webhook + "/waiting?limit=200", 200), "event_id");
        assertThat(all).hasSize(40).doesNotHaveDuplicates();
        JsonNode first = server.get(webhook + "/waiting?limit=25&cursor=", 200);
        JsonNode second = server.get(
                webhook + "/waiting?limit=25&cursor=" + first.get("next_cursor").asText(), 200);
        List<String> byCursor = texts(first, "event_id");
        byCursor.addAll(texts(second, "event_id"));
        assertThat(byCursor).isEqualTo(all);
        assertThat(second.get("has_more").asBoolean()).isFalse();
        assertThat(texts(server.get(webhook + "/waiting?limit=30&offset=30", 200), "event_id"))
                .isEqualTo(all.subList(30, 40));
        assertThat(texts(first, "held_by")).containsAnyOf("breaker", "schedule");
        assertThat(server.get(webhook + "/waiting?limit=1", 200)
                        .get("items")
                        .get(0)
                        .properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactly("delivery_id", "event", "event_id", "call_id", "attempts", "due_at", "held_by");
        server.patch(webhook, "{'status': 'inactive'}");
        JsonNode paused = server.get(webhook + "/waiting", 200);
        assertThat(texts(paused, "held_by")).containsOnly("inactive");
        assertThat(server.get(
                                "/v1/deliveries/"
                                        + paused.at("/items/0/delivery_id").asText(),
                                200)
                        .path("held_by")
                        .asText())
                .isEqualTo("inactive");
    }

    @Test
    void aDeliveryIsRetriedPastTheBreakerAndItsAttemptsGoOn() {
        String webhook = server.webhook(receiver.url(), STARTED + ", 'max_in_flight': 1");
        server.connect(20, "a");
        await().atMost(PATIENCE)
                .until(() ->
                        server.get(webhook, 200).at("/health/state").asText().equals("open"));
        JsonNode waiting = server.get(webhook + "/waiting?limit=200", 200).get("items");
        String untried = waiting.get(0).get("delivery_id").asText();
        String tried = waiting.get(waiting.size() - 1).get("delivery_id").asText();
        assertThat(server.get("/v1/deliveries/" + untried, 200).get("status").asText())
                .isEqualTo("waiting");
        int before = receiver.requests.get();
        JsonNode asked = server.post("/v1/deliveries/" + untried + "/retry", "", 202);
        assertThat(asked.get("id").asText()).isEqualTo(untried);
        server.post("/v1/deliveries/" + tried + "/retry", "", 202);
        await().atMost(PATIENCE).until(() -> receiver.requests.get() >= before + 2);
        await().atMost(PATIENCE)
                .until(() -> server.get("/v1/deliveries/" + tried, 200)
                                .get("attempts")
                                .size()
                        == 2);
        JsonNode log = server.get("/v1/deliveries/" + tried, 200).get("attempts");
        assertThat(log.get(0).get("attempt").asInt()).isEqualTo(2);
        assertThat(log.get(0).get("next_retry_at").isNull()).isFalse();
    }

    @Test
    void whatEndedIsSentAgain() {
        receiver.answer(204);
        String webhook = server.webhook(receiver.url(), STARTED);
        server.connect(1, "a");
        await().atMost(PATIENCE).until(() -> receiver.accepted.size() == 1);
        await().atMost(PATIENCE)
                .until(() ->
                        server.get(webhook + "/deliveries", 200).get("items").size() == 1);
        String delivery = server.get(webhook + "/deliveries", 200)
                .at("/items/0/delivery_id")
                .asText();
        server.post("/v1/deliveries/" + delivery + "/retry", "", 202);
        await().atMost(PATIENCE).until(() -> receiver.accepted.size() == 2);
        assertThat(receiver.accepted.get(1)).isEqualTo(receiver.accepted.get(0));
        assertThat(receiver.attempts).containsExactly("1", "2");
        server.patch(webhook, "{'status': 'inactive'}");
        assertThat(type(server.post("/v1/deliveries/" + delivery + "/retry", "", 409)))
                .isEqualTo("webhook-inactive");
        server.patch(webhook, "{'status': 'active', 'events': ['call.ended']}");
        assertThat(type(server.post("/v1/deliveries/" + delivery + "/retry", "", 409)))
                .isEqualTo("not-subscribed");
        server.delete(webhook, 204);
        server.post("/v1/deliveries/" + delivery + "/retry", "", 409);
        server.post("/v1/deliveries/dlv_unknown/retry", "", 404);
    }

    static String type(JsonNode problem) {
        return problem.get("type").asText().replace("https://ringpost.dev/problems/", "");
    }

    private void awaitWaiting(String webhook, long count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(server.waiting(webhook)).isEqualTo(count));
    }

    private static List<String> texts(JsonNode page, String field) {
        return new java.util.ArrayList<>(page.get("items").findValuesAsText(field));
    }
}
