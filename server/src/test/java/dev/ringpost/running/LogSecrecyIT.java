package dev.ringpost.running;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A whole story at the most talkative level, with receivers that fail in many ways and senders that send odd things: the
 * log tells of each delivery that gave up, and no word in it is a user's.
 */
class LogSecrecyIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** In everything that must not be logged: keys, secrets, header values, paths and queries of URLs, payloads, names. */
    private static final String MARK = "xyzzy";

    private static final String PHONE = "5550199";
    private static final String KEY = "rp_sk_" + MARK + "0123456789abcdef";
    private static final String SECRET =
            Base64.getEncoder().encodeToString((MARK + "-signing-secret-of-a-webhook").getBytes(UTF_8));
    private static final String MASTER_KEY =
            Base64.getEncoder().encodeToString((MARK + "-the-master-key-32-bytes-lo").getBytes(UTF_8));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void noWordOfAUserIsLogged(String format) throws IOException {
        String stderr;
        String stdout;
        try (LocalEndpoint endpoint = new LocalEndpoint();
                TalkativeEndpoint reason = new TalkativeEndpoint(LogSecrecyIT::bodyInStatusLine);
                TalkativeEndpoint garbage = new TalkativeEndpoint(request -> request.substring(request.indexOf('{')));
                RingpostProcess server = start(format, reason.url() + MARK + "?" + MARK)) {
            Api api = new Api(server.url(), KEY);
            webhook(api, endpoint.url("/" + MARK + "?token=" + MARK));
            webhook(api, endpoint.url("/500"));
            webhook(api, endpoint.url("/302"));
            webhook(api, endpoint.url("/410"));
            webhook(api, reason.url() + MARK);
            webhook(api, garbage.url() + "?" + MARK);
            webhook(api, "https://127.0.0.1:" + endpoint.port() + "/" + MARK);
            webhook(api, "http://127.0.0.1:1/" + MARK);
            webhook(api, "http://no-such-host.invalid/" + MARK);
            story(api);
            oddRequests(server.url(), api);
            await().untilAsserted(() -> assertThat(failures(api)).isGreaterThanOrEqualTo(8));
            server.terminate();
            assertThat(server.exitCode()).isZero();
            stderr = server.stderr();
            stdout = server.stdout();
        }
        assertThat(stderr + stdout)
                .doesNotContainIgnoringCase(MARK)
                .doesNotContain(PHONE)
                .doesNotContain(SECRET)
                .doesNotContain(MASTER_KEY)
                .doesNotContain("unexpectedly");
        switch (format) {
            case "json" -> assertTellsInJson(stderr);
            default -> assertTellsInText(stderr);
        }
    }

    private RingpostProcess start(String format, String callEngine) {
        return RingpostProcess.start(
                folder,
                Map.of("RINGPOST_BOOTSTRAP_KEY", KEY, "RINGPOST_MASTER_KEY", MASTER_KEY),
                "--allow-private-targets",
                "--call-engine",
                callEngine,
                "--log-level",
                "debug",
                "--log-format",
                format);
    }

    private static String bodyInStatusLine(String request) {
        return "HTTP/1.1 500 " + request.substring(request.indexOf('{')).replaceAll("[\r\n]", " ")
                + "\r\ncontent-length: 0\r\n\r\n";
    }

    private static void webhook(Api api, String url) {
        api.done(
                "/v1/webhooks",
                ("{'url': '%s', 'name': '%s', 'events': ['call.started', 'call.ended', 'transcript.final'],"
                                + " 'secret': 'whsec_%s', 'retry_schedule': [1], 'headers': {'x-token': '%s'}}")
                        .formatted(url, MARK, SECRET, MARK));
    }

    private static void story(Api api) {
        String named = ("'external_id': '%1$s', 'call': {'agent_id': '%1$s', 'type': 'inbound',"
                        + " 'from_number': '+1%2$s', 'to_number': '+2%2$s', 'metadata': {'%1$s': '%1$s'}}")
                .formatted(MARK, PHONE);
        api.done(
                "/v1/reports",
                "[{'type': 'connected', 'idempotency_key': '" + MARK + "', " + named + "},"
                        + "{'type': 'ended', 'outcome': '" + MARK + "', 'summary': 'call +1" + PHONE + "', " + named
                        + "},"
                        + "{'type': 'transcript', 'final': true, 'messages': [{'role': 'user', 'content': '" + MARK
                        + "'}], " + named + "},"
                        + "{'type': 'failed', 'reason': '" + MARK + "', " + named + "}]");
        api.done(
                "/v1/calls",
                ("{'agent_id': '%1$s', 'to_number': '+1%2$s', 'from_number': '+2%2$s',"
                                + " 'webhook_url': 'http://127.0.0.1:1/%1$s', 'variables': {'a': '%1$s'}}")
                        .formatted(MARK, PHONE));
    }

    private static void oddRequests(URI url, Api api) throws IOException {
        Api stranger = new Api(url, "rp_sk_" + MARK);
        assertThat(stranger.get("/v1/calls/" + MARK).statusCode()).isEqualTo(401);
        assertThat(api.get("/v1/calls/" + MARK).statusCode()).isEqualTo(404);
        assertThat(api.get("/" + MARK + "?" + MARK + "=" + PHONE).statusCode()).isEqualTo(404);
        assertThat(api.get("/v1/calls?status=" + MARK).statusCode()).isEqualTo(422);
        for (String body : List.of(
                "{'agent_id': '" + MARK,
                "{'agent_id': 1, '" + MARK + "': '" + PHONE + "'}",
                "{'agent_id': '" + MARK + "\\u0000\\ud800', 'to_number': '" + PHONE + "', 'from_number': 1e400}",
                "[" + MARK + "]",
                "{'to_number': 1" + PHONE + "1" + "0".repeat(400) + "}",
                "[".repeat(5000))) {
            assertThat(api.post("/v1/calls", body).statusCode()).isBetween(400, 499);
            assertThat(api.post("/v1/reports", body).statusCode()).isBetween(200, 499);
            assertThat(api.post("/v1/webhooks", body).statusCode()).isBetween(400, 499);
        }
        assertThat(Api.send(api.request("/v1/calls?" + MARK)
                                .setHeader("content-type", "text/" + MARK)
                                .setHeader("ringpost-account", MARK)
                                .POST(BodyPublishers.ofString(MARK)))
                        .statusCode())
                .isBetween(400, 499);
        raw(url, MARK + " " + MARK + "\r\n\r\n");
        raw(url, "POST /v1/calls HTTP/1.1\r\nhost: a\r\ncontent-length: " + MARK + "\r\n\r\n" + MARK);
        raw(url, "GET /%zz" + MARK + " HTTP/1.1\r\nhost: a\r\nx-" + MARK + ": " + MARK.repeat(10_000) + "\r\n\r\n");
    }

    /** Sends bytes and waits until the server has answered or hung up. */
    private static void raw(URI url, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (java.net.SocketException e) {
            // Refused before all was sent, which is as good an answer.
        }
    }

    /** Deliveries that gave up so far, as the API tells. */
    private static int failures(Api api) {
        return Api.json(api.get("/v1/deliveries?status=failed&final=true"))
                .get("items")
                .size();
    }

    private static void assertTellsInText(String log) {
        assertThat(log.lines().filter(line -> line.contains(" DEBUG AttemptLog: Attempt delivery_id=dlv_")))
                .hasSizeGreaterThan(8);
        assertThat(log.lines().filter(line -> line.contains(" INFO  AttemptLog: Delivery gave up")))
                .hasSizeGreaterThanOrEqualTo(8)
                .allSatisfy(line -> assertThat(line)
                        .contains(
                                "event_id=evt_", "webhook_id=wh_", "call_id=call_", "account_id=acct_", "age_seconds=")
                        .contains("attempts=2", "error="));
        assertThat(log)
                .contains("ServeCommand: Started version=", "host=127.0.0.1", "error=\"HTTP 500\"")
                .contains("The call engine did not take PLACE");
    }

    private static void assertTellsInJson(String log) throws IOException {
        int gaveUp = 0;
        for (String line : log.lines().toList()) {
            JsonNode json = JSON.readTree(line);
            assertThat(json.get("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
            if (json.get("message").asText().startsWith("Delivery gave up")) {
                gaveUp++;
                assertThat(json.propertyStream().map(Map.Entry::getKey))
                        .contains("delivery_id", "event_id", "webhook_id", "call_id", "account_id")
                        .contains("event", "attempts", "host", "duration_ms", "error", "age_seconds");
                assertThat(json.get("level").asText()).isEqualTo("info");
                assertThat(json.get("attempts").asInt()).isEqualTo(2);
            }
        }
        assertThat(gaveUp).isGreaterThanOrEqualTo(8);
    }
}
