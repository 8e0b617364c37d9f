package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringpost.crash.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a heap of 128 MiB, and clients that would fill many times that. */
class CrowdIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST = 16 << 20;

    private final List<RawClient> clients = new ArrayList<>();

    @Test
    void aCrowdNeitherKillsTheServerNorKeepsOthersOut(@TempDir Path folder) throws Exception {
        ServerProcess server = ServerProcess.start(Files.createDirectory(folder.resolve("data")));
        try {
            String healthy = keyOfAnotherAccount(server);
            int port = server.url().getPort();
            for (int i = 0; i < 1000; i++) {
                clients.add(new RawClient(port));
            }
            for (int i = 0; i < 500; i++) {
                begin(port, "POST /v1/calls/web HTTP/1.1\r\nHost: x\r\nAuth");
            }
            String part = "[{\"external_id\":\"" + "x".repeat(250_000);
            for (int i = 0; i < 1000; i++) {
                begin(port, post("/v1/reports", ServerProcess.KEY, LARGEST) + part);
            }
            isServed(port, healthy);
            wholeBodiesThatCostMost(port);
            isServed(port, healthy);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
            assertThat(server.stop()).isZero();
        }
        assertThat(Files.readString(folder.resolve("server.log"))).doesNotContain("OutOfMemory", " ERROR ");
    }

    /** The most nodes that 16 MiB of JSON can have, from several clients at once; each is answered. */
    private static void wholeBodiesThatCostMost(int port) throws Exception {
        String one = "{\"external_id\":\"e\",\"type\":\"analysis\",\"outcome\":null,\"summary\":null,\"data\":["
                + "\"a\",".repeat(1_000_000) + "1]}";
        String all = "[" + one + "," + one + "," + one + ",1]";
        List<Thread> senders = new ArrayList<>();
        List<Integer> answers = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 8; i++) {
            senders.add(Thread.startVirtualThread(() -> {
                try (RawClient client = new RawClient(port)) {
                    client.send(post("/v1/reports", ServerProcess.KEY, all.length()) + all);
                    answers.add(client.status());
                } catch (IOException e) {
                    // Refused, and closed before all was sent.
                    answers.add(503);
                }
            }));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        assertThat(answers).hasSize(8).allMatch(status -> status == 200 || status == 503);
    }

    private static void isServed(int port, String key) throws IOException {
        String body = "{\"agent_id\":\"a\"}";
        for (int i = 0; i < 20; i++) {
            try (RawClient client = new RawClient(port)) {
                String request = post("/v1/calls/web", key, body.length()) + body;
                assertThat(client.send(request).status()).isEqualTo(201);
                assertThat(client.send("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    private void begin(int port, String text) throws IOException {
        RawClient client = new RawClient(port);
        clients.add(client);
        try {
            client.send(text);
        } catch (IOException e) {
            // It was refused before all was sent, as most of them are.
        }
    }

    private static String post(String path, String key, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer " + key
                + "\r\nContent-Length: " + length + "\r\n\r\n";
    }

    private static String keyOfAnotherAccount(ServerProcess server) throws IOException, InterruptedException {
        JsonNode account = JSON.readTree(
                server.send("POST", "/v1/accounts", "{\"name\":\"healthy\"}").body());
        String keys = "/v1/accounts/" + account.path("id").asText() + "/keys";
        return JSON.readTree(server.send("POST", keys, "{\"scope\":\"full\"}").body())
                .path("key")
                .asText();
    }
}
