package dev.ringpost.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.running.LocalEndpoint;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody sets the machine's clock while a server runs. */
class SetClockTest {
    @TempDir
    Path folder;

    private final LocalEndpoint endpoint = new LocalEndpoint();
    private RestartableServer server;

    @BeforeEach
    void start() {
        server = new RestartableServer(folder);
    }

    @AfterEach
    void close() {
        server.close();
        endpoint.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, -1})
    void nothingIsLostHastenedOrHeldBack(long hours) {
        webhook("/204", "[3600]");
        webhook("/500", "[4, 3600]");
        report("early", "connected");
        report("early", "ended");
        await().until(() -> endpoint.received("/500").size() == 1);
        long failed = System.nanoTime();

        server.setClock(Duration.ofHours(hours));
        report("late", "connected");

        // Of two events that failed, each has its retry after 4 s, and call.ended comes after its wait of 10 s.
        await().atMost(Duration.ofSeconds(30))
                .until(() -> endpoint.received("/500").size() >= 4);
        assertThat(Duration.ofNanos(System.nanoTime() - failed)).isGreaterThan(Duration.ofSeconds(3));
        await().atMost(Duration.ofSeconds(40))
                .until(() -> endpoint.received("/204").stream()
                        .anyMatch(request -> request.body().contains("call.ended")));
        assertThat(Duration.ofNanos(System.nanoTime() - failed)).isGreaterThan(Duration.ofSeconds(8));
        assertThat(signedAt())
                .isBetween(server.now().minusSeconds(60), server.now().plusSeconds(1));
        assertThat(created()).hasSize(3).isSortedAccordingTo(Comparator.reverseOrder());
    }

    /** The clock was set back between two runs: what is due goes by the time that it was. */
    @ParameterizedTest
    @ValueSource(longs = {-1, -24 * 365 * 30})
    void aServerThatStartsInThePastHoldsNothingBack(long hours) {
        webhook("/500", "[4, 3600]");
        report("early", "connected");
        await().until(() -> endpoint.received("/500").size() == 1);
        server.setClock(Duration.ofHours(hours));
        server.restart();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> endpoint.received("/500").size() == 2);
    }

    private Instant signedAt() {
        return Instant.ofEpochSecond(
                Long.parseLong(endpoint.received("/204").getLast().timestamp()));
    }

    /** Newest first, as the list is. */
    private List<String> created() {
        List<String> times = new ArrayList<>();
        for (JsonNode event : server.get("/v1/events?cursor=", 200).get("items")) {
            times.add(event.get("created_at").asText());
        }
        return times;
    }

    private void webhook(String path, String schedule) {
        server.webhook(
                URI.create(endpoint.url(path)),
                ", 'events': ['call.started', 'call.ended'], 'ordering': 'none', 'retry_schedule': " + schedule);
    }

    private void report(String call, String type) {
        server.post(
                "/v1/reports",
                "{'type': '" + type + "', 'external_id': '" + call + "', 'call': {'agent_id': 'a', 'type': 'inbound',"
                        + " 'from_number': null, 'to_number': null}}",
                200);
    }
}
