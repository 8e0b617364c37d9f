package dev.ringpost.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 under a load of POST /v1/calls with Idempotency-Keys. What got no answer is sent again after the restart: each
 * call exists once, and each answer is of the call that exists.
 */
class IdempotencyKillIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CLIENTS = 8;
    private static final int KILLS = 4;

    /** The id that each key's request was answered with. */
    private final Map<String, String> answered = new ConcurrentHashMap<>();

    private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();

    @TempDir
    Path folder;

    @Test
    void eachRequestMakesOneCall() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        ServerProcess server = ServerProcess.start(data);
        for (int kill = 0; kill < KILLS; kill++) {
            int before = answered.size();
            List<Thread> clients = placeCalls(server, kill);
            int more = 50 + RandomGenerator.getDefault().nextInt(500);
            await().atMost(Duration.ofMinutes(1)).until(() -> answered.size() >= before + more);
            server.kill();
            for (Thread client : clients) {
                client.join();
            }
            server = ServerProcess.start(data);
            sendAgain(server);
        }
        assertThat(callsByKey(server)).isEqualTo(answered);
        assertThat(server.stop()).isZero();
    }

    private List<Thread> placeCalls(ServerProcess server, int round) {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            String prefix = round + "-" + i + "-";
            clients.add(Thread.ofVirtual().start(() -> {
                int next = 0;
                while (place(server, prefix + next)) {
                    next++;
                }
            }));
        }
        return clients;
    }

    private void sendAgain(ServerProcess server) {
        assertThat(unanswered).isNotEmpty();
        for (String key = unanswered.poll(); key != null; key = unanswered.poll()) {
            assertThat(place(server, key)).isTrue();
        }
    }

    /** False where there was no answer. */
    private boolean place(ServerProcess server, String key) {
        String body = "{\"agent_id\": \"a\", \"to_number\": \"+4930555010\", \"from_number\": \"+4930555020\","
                + " \"metadata\": {\"key\": \"" + key + "\"}}";
        try {
            HttpResponse<String> answer = server.post("/v1/calls", body, "idempotency-key", key);
            if (answer.statusCode() != 201) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
            answered.put(key, JSON.readTree(answer.body()).get("id").asText());
            return true;
        } catch (IOException e) {
            unanswered.add(key);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Fails where a key has two calls. */
    private static Map<String, String> callsByKey(ServerProcess server) throws Exception {
        Map<String, String> calls = new HashMap<>();
        String cursor = "";
        while (true) {
            JsonNode page = JSON.readTree(
                    server.get("/v1/calls?limit=200&cursor=" + cursor).body());
            for (JsonNode call : page.get("items")) {
                String key = call.at("/metadata/key").asText();
                assertThat(calls.put(key, call.get("id").asText())).as(key).isNull();
            }
            if (!page.get("has_more").asBoolean()) {
                return calls;
            }
            cursor = page.get("next_cursor").asText();
        }
    }
}
