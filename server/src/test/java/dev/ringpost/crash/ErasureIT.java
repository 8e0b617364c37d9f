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
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What DELETE /v1/calls/{id} leaves on the disk of a real server: nothing. Everything about a call is sealed with a key
 * of its own, so two things are searched for: the words, which must never be readable, and the value behind the key,
 * without which nothing opens, whoever has the files and the master key.
 */
@SuppressWarnings("NullAway.Init") // set before each test
class ErasureIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private Path data;
    private EchoReceiver receiver;
    private ServerProcess server;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        data = Files.createDirectory(folder.resolve("data"));
        receiver = new EchoReceiver();
        server = ServerProcess.start(data);
        for (String path : List.of("/echo", "/fail")) {
            post(
                    "/v1/webhooks",
                    "{\"url\":\"" + receiver.url(path) + "\",\"events\":[\"call.started\",\"call.ended\","
                            + "\"call.analyzed\",\"transcript.final\",\"transcript.partial\"]}");
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        server.stop();
        receiver.close();
    }

    @Test
    void nothingOfAnErasedCallIsLeftOnTheDisk() throws Exception {
        String call = talk();
        await().atMost(PATIENCE).until(() -> logged(call).size() >= 8);
        assertThat(logged(call).toString()).as("the log has the words").contains(Words.TRANSCRIPT, Words.METADATA);
        assertThat(Words.readableIn(data)).as("sealed, before any deletion").isEmpty();
        byte[] value = onlyKey();
        assertThat(Words.find(data, value)).as("the value is found where it is").isNotEmpty();

        HttpResponse<String> deleted = server.send("DELETE", "/v1/calls/" + call, "");
        List<Path> afterwards = Words.find(data, value);
        assertThat(deleted.statusCode()).isEqualTo(204);
        assertThat(afterwards).as("at the moment of the answer").isEmpty();
        assertThat(Words.readableIn(data)).isEmpty();
        assertNothingWaits();
        assertThat(count("select count(*) from events") + count("select count(*) from calls"))
                .isZero();
        assertThat(count("select count(*) from attempts where call is not null or answer is not null"))
                .isZero();
        assertThat(count("select count(*) from bodies") + count("select count(*) from answers"))
                .isZero();
        assertThat(count("select count(*) from attempts")).isGreaterThanOrEqualTo(8);
    }

    @Test
    void killedInTheMiddleOfAnErasureItGoesOnAfterTheStart() throws Exception {
        List<String> calls = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            calls.add(endedCall(300));
        }
        List<String> answered = killAtTheFirstAnswer(calls);
        assertThat(count("select count(*) from erasures"))
                .as("it was killed in the middle")
                .isPositive();
        server = ServerProcess.start(data);
        assertNothingWaits();
        assertThat(count("select count(*) from events e where not exists (select 1 from calls c where c.no = e.call)"))
                .isZero();
        assertThat(count("select count(*) from attempts a where a.call is not null and not exists"
                        + " (select 1 from calls c where c.no = a.call)"))
                .isZero();
        for (String call : answered) {
            assertThat(server.get("/v1/calls/" + call).statusCode()).isEqualTo(404);
        }
    }

    /** Asks for all at once; those that were answered. */
    private List<String> killAtTheFirstAnswer(List<String> calls) throws InterruptedException {
        List<String> answered = new CopyOnWriteArrayList<>();
        CountDownLatch first = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String call : calls) {
                threads.execute(() -> {
                    try {
                        if (server.send("DELETE", "/v1/calls/" + call, "").statusCode() == 204) {
                            answered.add(call);
                            first.countDown();
                        }
                    } catch (IOException | InterruptedException e) {
                        // The server was killed.
                    }
                });
            }
            assertThat(first.await(60, TimeUnit.SECONDS)).isTrue();
            server.kill();
        }
        return answered;
    }

    /** A call that connects, talks, ends, is summed up, and is kept as the answer to its idempotency key. */
    private String talk() throws Exception {
        JsonNode created = JSON.readTree(server.send(
                        "POST",
                        "/v1/calls",
                        "{\"agent_id\":\"a\",\"to_number\":\"" + Words.TO + "\",\"from_number\":\"" + Words.FROM
                                + "\",\"external_id\":\"" + Words.EXTERNAL_ID + "\",\"metadata\":{\"who\":\""
                                + Words.METADATA + "\"}}",
                        "idempotency-key",
                        "once")
                .body());
        String call = created.path("id").asText();
        String messages = "[{\"role\":\"user\",\"content\":\"" + Words.TRANSCRIPT + "\"}]";
        report(call, "{\"type\":\"connected\",\"idempotency_key\":\"k-" + Words.TO + "\"}");
        report(call, "{\"type\":\"transcript\",\"final\":false,\"messages\":" + messages + "}");
        report(call, "{\"type\":\"ended\",\"outcome\":\"won\",\"summary\":\"" + Words.SUMMARY + "\"}");
        report(call, "{\"type\":\"transcript\",\"final\":true,\"messages\":" + messages + "}");
        return call;
    }

    private String endedCall(int partials) throws Exception {
        String call = JSON.readTree(
                        server.post("/v1/calls/web", "{\"agent_id\":\"a\"}").body())
                .path("id")
                .asText();
        StringBuilder reports = new StringBuilder("[");
        for (int i = 0; i < partials; i++) {
            reports.append("{\"call_id\":\"" + call + "\",\"type\":\"transcript\",\"final\":false,\"messages\":[{"
                    + "\"role\":\"user\",\"content\":\"" + i + "\"}]},");
        }
        post("/v1/reports", reports + "{\"call_id\":\"" + call + "\",\"type\":\"ended\",\"outcome\":null}]");
        return call;
    }

    private void report(String call, String report) throws IOException, InterruptedException {
        post("/v1/calls/" + call + "/reports", report);
    }

    private void post(String path, String json) throws IOException, InterruptedException {
        HttpResponse<String> answer = server.post(path, json);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    private JsonNode logged(String call) throws IOException, InterruptedException {
        return JSON.readTree(server.get("/v1/calls/" + call + "/deliveries?limit=200")
                        .body())
                .path("items");
    }

    /** Of what is erased, nothing waits any more and no erasure is left to be worked off. */
    private void assertNothingWaits() throws SQLException {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(count("select count(*) from erasures")).isZero());
        for (String table : List.of("fresh", "queue")) {
            assertThat(count("select count(*) from " + table + " w where not exists"
                            + " (select 1 from calls c where c.no = w.call)"))
                    .as(table)
                    .isZero();
        }
    }

    private byte[] onlyKey() throws SQLException {
        try (Connection database = open();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("select key from call_keys")) {
            row.next();
            return row.getBytes(1);
        }
    }

    private long count(String sql) throws SQLException {
        try (Connection database = open();
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("ringpost.db"));
    }
}
