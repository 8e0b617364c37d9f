package dev.ringpost.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** A whole server in this process; its clock can be set ahead, and it can be started again on the same data. */
final class RestartableServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String KEY = "rp_sk_livelivelivelivelivelivelivelive";

    private final Settings settings;
    private volatile Duration ahead = Duration.ZERO;
    private volatile Duration wrong = Duration.ZERO;
    private RunningServer server;

    RestartableServer(Path data) {
        settings = Settings.defaults(Options.ALL)
                .with(Options.PORT, "0", "test")
                .with(Options.DATA, data.toString(), "test")
                .with(Options.BOOTSTRAP_KEY, KEY, "test")
                .with(Options.ALLOW_PRIVATE_TARGETS, "true", "test");
        server = start();
    }

    private RunningServer start() {
        return new SqliteAssembly(this::now, () -> System.nanoTime() + ahead.toNanos(), Map.of()).start(settings);
    }

    URI url() {
        return server.url();
    }

    String key() {
        return KEY;
    }

    void restart() {
        server.stop();
        server = start();
    }

    /** Sets the clock ahead; what waits for its time is looked at with the next input. */
    void advance(Duration time) {
        ahead = ahead.plus(time);
    }

    /** Sets the machine's clock, by so much from the right time; the time that passes stays what it is. */
    void setClock(Duration from) {
        wrong = from;
    }

    /** What the machine's clock says. */
    Instant now() {
        return Instant.now().plus(ahead).plus(wrong);
    }

    JsonNode get(String path, int status) {
        return send("GET", path, "", status);
    }

    /** @param json may have single quotes for double ones */
    JsonNode post(String path, String json, int status) {
        return send("POST", path, json, status);
    }

    JsonNode patch(String path, String json) {
        return send("PATCH", path, json, 200);
    }

    JsonNode delete(String path, int status) {
        return send("DELETE", path, "", status);
    }

    private JsonNode send(String method, String path, String json, int status) {
        HttpRequest request = HttpRequest.newBuilder(server.url().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .method(method, BodyPublishers.ofString(json.replace('\'', '"')))
                .header("authorization", "Bearer " + KEY)
                .header("content-type", "application/json")
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            Assertions.assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Registers a webhook; returns its path. */
    String webhook(URI url, String more) {
        return "/v1/webhooks/"
                + post("/v1/webhooks", "{'url': '" + url + "'" + more + "}", 201)
                        .get("id")
                        .asText();
    }

    /** Connects so many new calls of an agent in one request. */
    void connect(int count, String agent) {
        StringBuilder reports = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            reports.append(i == 0 ? "" : ",")
                    .append("{'type': 'connected', 'external_id': '")
                    .append(agent)
                    .append('-')
                    .append(now().toEpochMilli())
                    .append('-')
                    .append(i)
                    .append("', 'call': {'agent_id': '")
                    .append(agent)
                    .append("', 'type': 'inbound', 'from_number': null, 'to_number': null}}");
        }
        post("/v1/reports", reports.append("]").toString(), 200);
    }

    long waiting(String webhook) {
        return get(webhook, 200).at("/health/waiting").asLong();
    }

    @Override
    public void close() {
        server.stop();
    }
}
