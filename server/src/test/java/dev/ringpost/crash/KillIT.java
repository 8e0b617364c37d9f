package dev.ringpost.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 at any moment under load, and a restart on the same data: everything acknowledged arrives, in order. */
class KillIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PUBLISHERS = 8;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger calls = new AtomicInteger();

    @TempDir
    Path folder;

    @Test
    void nothingAcknowledgedIsLost() throws Exception {
        killAndCheck(4);
    }

    @Test
    @Tag("soak")
    void nothingAcknowledgedIsLostInHundredsOfKills() throws Exception {
        killAndCheck(Integer.getInteger("kills", 200));
    }

    private void killAndCheck(int kills) throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        try (Receiver receiver = new Receiver()) {
            ServerProcess server = ServerProcess.start(data);
            String webhook = "{\"url\": \"" + receiver.url() + "\", \"retry_schedule\": [1, 1, 1, 1, 1, 1], \"events\":"
                    + " [\"call.started\", \"call.ended\", \"transcript.final\"]}";
            assertThat(server.post("/v1/webhooks", webhook).statusCode()).isEqualTo(201);
            for (int kill = 0; kill < kills; kill++) {
                int before = acknowledged.size();
                List<Thread> publishers = publish(server);
                int more = 50 + RandomGenerator.getDefault().nextInt(1500);
                await().atMost(Duration.ofMinutes(1)).until(() -> acknowledged.size() >= before + more);
                server.kill();
                for (Thread publisher : publishers) {
                    publisher.join();
                }
                server = ServerProcess.start(data);
            }
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(receiver.accepted.keySet()).containsAll(acknowledged));
            assertThat(server.stop()).isZero();
            assertThat(receiver.sequences.values())
                    .allSatisfy(sequences -> assertThat(sequences).isSorted());
            report(kills, receiver);
        }
        assertThat(integrity(data)).isEqualTo("ok");
    }

    private void report(int kills, Receiver receiver) {
        int twice =
                receiver.accepted.values().stream().mapToInt(times -> times - 1).sum();
        System.out.printf(
                "%d kills: %d events acknowledged, all arrived, %d more than once%n",
                kills, acknowledged.size(), twice);
    }

    /** Each publishes until the server is gone. */
    private List<Thread> publish(ServerProcess server) {
        List<Thread> publishers = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) {
            publishers.add(Thread.ofVirtual().start(() -> {
                boolean alive = true;
                while (alive) {
                    alive = reportOneCall(server);
                }
            }));
        }
        return publishers;
    }

    private boolean reportOneCall(ServerProcess server) {
        String id = "k-" + calls.incrementAndGet();
        String named = "\"external_id\": \"" + id
                + "\", \"call\": {\"agent_id\": \"a\", \"type\": \"inbound\", \"from_number\": null, \"to_number\": null}";
        String json = "[{\"type\": \"connected\", " + named + "}, {\"type\": \"ended\", \"outcome\": null, " + named
                + "}, {\"type\": \"transcript\", \"final\": true, \"messages\": [], " + named + "}]";
        try {
            HttpResponse<String> answer = server.post("/v1/reports", json);
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
            for (JsonNode item : JSON.readTree(answer.body()).get("items")) {
                item.get("events").forEach(event -> acknowledged.add(event.asText()));
            }
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String integrity(Path data) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("ringpost.db"));
                ResultSet row = connection.createStatement().executeQuery("pragma integrity_check")) {
            return row.getString(1);
        }
    }
}
