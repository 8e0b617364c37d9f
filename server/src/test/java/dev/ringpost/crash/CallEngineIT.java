package dev.ringpost.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A killed server forgets neither which calls it is to place nor which ones its simulator plays. */
class CallEngineIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path folder;

    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile int status = 503;
    private HttpServer engine;

    @BeforeEach
    void startEngine() throws IOException {
        engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        engine.createContext("/", this::take);
        engine.setExecutor(threads);
        engine.start();
    }

    @AfterEach
    void stopEngine() {
        engine.stop(0);
        threads.shutdownNow();
    }

    @Test
    void placementsOutliveAKill() throws Exception {
        Path data = folder.resolve("data");
        String url = "http://127.0.0.1:" + engine.getAddress().getPort() + "/";
        ServerProcess server = ServerProcess.start(data, "--call-engine", url);
        String now = create(server, "");
        String planned = create(server, ", \"scheduled_at\": \"" + Instant.now().plusSeconds(3) + "\"");
        await().atMost(PATIENCE).until(() -> !commands.isEmpty());
        server.kill();
        status = 202;
        commands.clear();
        ServerProcess again = ServerProcess.start(data, "--call-engine", url);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(commands).containsExactlyInAnyOrder(now + "_place", planned + "_place"));
        await().atMost(PATIENCE)
                .until(() -> call(again, planned).path("status").asText().equals("initiated"));
        assertThat(again.stop()).isZero();
    }

    @Test
    void theSimulatorGoesOnAfterAKill() throws Exception {
        Path data = folder.resolve("data");
        String[] simulator = {"--call-engine", "simulator", "--simulator-speed", "10"};
        ServerProcess server = ServerProcess.start(data, simulator);
        String id = create(server, ", \"metadata\": {\"scenario\": \"normal\"}");
        await().atMost(PATIENCE).until(() -> call(server, id).path("messages").size() > 1);
        server.kill();
        ServerProcess again = ServerProcess.start(data, simulator);
        await().atMost(PATIENCE).until(() -> call(again, id).hasNonNull("analysis"));
        JsonNode call = call(again, id);
        assertThat(call.path("status").asText()).isEqualTo("completed");
        assertThat(call.path("end_reason").asText()).isEqualTo("caller_hung_up");
        assertThat(call.path("recording_url").asText()).startsWith("https://");
        List<String> fired = new ArrayList<>();
        JSON.readTree(again.get("/v1/calls/" + id + "/events?limit=200").body())
                .path("items")
                .forEach(event -> fired.add(event.path("event").asText()));
        assertThat(fired).containsOnlyOnce("call.started", "call.ended", "call.analyzed", "transcript.final");
        assertThat(again.stop()).isZero();
    }

    private static String create(ServerProcess server, String more) throws IOException, InterruptedException {
        String body =
                "{\"agent_id\": \"a\", \"to_number\": \"+4930555010\", \"from_number\": \"+4930555020\"" + more + "}";
        return JSON.readTree(server.post("/v1/calls", body).body()).path("id").asText();
    }

    private static JsonNode call(ServerProcess server, String id) throws IOException, InterruptedException {
        return JSON.readTree(server.get("/v1/calls/" + id).body());
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            commands.add(exchange.getRequestHeaders().getFirst("webhook-id"));
            exchange.sendResponseHeaders(status, -1);
        }
    }
}
