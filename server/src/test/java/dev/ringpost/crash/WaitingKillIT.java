package dev.ringpost.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 right after a promise about what waits: it is kept by the next start. */
@SuppressWarnings("NullAway.Init") // set before each test
class WaitingKillIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private Path data;
    private Receiver receiver;
    private ServerProcess server;
    private String webhook;

    @BeforeEach
    void start() throws Exception {
        data = Files.createDirectory(folder.resolve("data"));
        receiver = Receiver.reliable();
        server = ServerProcess.start(data);
        // It gives up after a day.
        webhook = Calls.webhook(server, receiver.url("/dead"), ", \"retry_schedule\": [86400, 86400]");
    }

    @AfterEach
    void stop() {
        server.discard();
        receiver.close();
    }

    @Test
    void whatWasAskedForGoesOut() throws Exception {
        awaitOpenBreaker(10);
        JsonNode waiting = get(webhook + "/waiting").get("items");
        assertThat(waiting).hasSize(10);
        // One attempt a second: most of what is asked for has not gone yet when the server dies.
        Hooks.expect(200, server.send("PATCH", webhook, "{\"rate_limit\": 1}"));
        for (JsonNode item : waiting) {
            Hooks.expect(202, server.post(path(item) + "/retry", "{}"));
        }
        server.kill();
        server = ServerProcess.start(data);
        // Five attempts opened the breaker, and each that was asked for makes one more.
        await().atMost(PATIENCE).until(() -> receiver.count() >= 15);
        for (JsonNode item : waiting) {
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(get(path(item)).get("attempts")).isNotEmpty());
        }
    }

    @Test
    void whatARepairMakesDueGoesOut() throws Exception {
        List<String> events = awaitOpenBreaker(150);
        Hooks.expect(200, server.send("PATCH", webhook, "{\"url\": \"" + receiver.url("/mended") + "\"}"));
        server.kill();
        server = ServerProcess.start(data);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events).allMatch(event -> receiver.hasAccepted("mended", event)));
    }

    /** Once so many events wait. Returns them. */
    private List<String> awaitOpenBreaker(int events) throws Exception {
        List<String> fired = Calls.events(Calls.connect(server, "c", events));
        await().atMost(PATIENCE)
                .until(() -> get(webhook).at("/health/state").asText().equals("open"));
        return fired;
    }

    private static String path(JsonNode waiting) {
        return "/v1/deliveries/" + waiting.get("delivery_id").asText();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return JSON.readTree(Hooks.expect(200, server.get(path)).body());
    }
}
