package dev.ringpost.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringpost.crash.ServerProcess;
import dev.ringpost.signing.Signer;
import dev.ringpost.signing.WebhookPrivateKey;
import dev.ringpost.signing.WebhookSecret;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A real server's deliveries, verified by docs/verifying.md: the packages of PyPI, npm and Go, our own module, and by hand
 * in each language.
 */
class VerifyingIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Map<Language, VerifyingReceiver> RECEIVERS = new EnumMap<>(Language.class);
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    private static ServerProcess server;

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.start(Files.createDirectory(folder.resolve("data")));
        CodeBlocks document = CodeBlocks.of(Path.of("..", "docs", "verifying.md"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<Language, Future<VerifyingReceiver>> starting = new EnumMap<>(Language.class);
            for (Language language : Language.values()) {
                Callable<VerifyingReceiver> start = () -> VerifyingReceiver.start(language, language.prepare(document));
                starting.put(language, threads.submit(start));
            }
            for (Map.Entry<Language, Future<VerifyingReceiver>> each : starting.entrySet()) {
                RECEIVERS.put(each.getKey(), each.getValue().get());
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        RECEIVERS.values().forEach(VerifyingReceiver::close);
        server.stop();
    }

    @ParameterizedTest
    @EnumSource
    void aSharedSecretIsVerifiedAlsoWhileItIsRotated(Language language) throws Exception {
        VerifyingReceiver receiver = receiver(language);
        String old = WebhookSecret.generate().reveal();
        String webhook = create(receiver, ", 'secret': '" + old + "'").get("id").asText();
        receiver.expect(old);
        reportCall();
        awaitStatuses(webhook, "succeeded", "succeeded", "succeeded");

        String next = rotate(webhook, "{'overlap_seconds': 3600}").get("secret").asText();
        receiver.expect(old, next);
        assertThat(test(webhook)).isEqualTo(204);
        receiver.expect(WebhookSecret.generate().reveal());
        assertThat(test(webhook)).isEqualTo(401);

        String last = rotate(webhook, "{'overlap_seconds': 0}").get("secret").asText();
        receiver.expect(last);
        assertThat(test(webhook)).isEqualTo(204);
        receiver.expect(next);
        assertThat(test(webhook)).isEqualTo(401);
        delete(webhook);
    }

    @ParameterizedTest
    @EnumSource
    void aKeyPairIsVerifiedAlsoWhileItReplacesASecretAndIsReplaced(Language language) throws Exception {
        VerifyingReceiver receiver = receiver(language);
        JsonNode created = create(receiver, ", 'signature': 'v1a'");
        String webhook = created.get("id").asText();
        String first = created.get("public_key").asText();
        receiver.expect(first);
        reportCall();
        awaitStatuses(webhook, "succeeded", "succeeded", "succeeded");

        String second = rotate(webhook, "").get("public_key").asText();
        send("PATCH", "/v1/webhooks/" + webhook, "{'signature': 'v1'}", 200);
        String secret = send("GET", "/v1/webhooks/" + webhook + "/secret", "", 200)
                .get("secret")
                .asText();
        receiver.expect(first, second, secret);
        assertThat(test(webhook)).isEqualTo(204);
        receiver.expect(WebhookPrivateKey.generate().publicKey().text());
        assertThat(test(webhook)).isEqualTo(401);
        delete(webhook);
    }

    /** What waits for a retry is signed with what is valid when it goes out. */
    @ParameterizedTest
    @EnumSource
    void theAccountsSecretSignsForCallsAlsoWhatWaitedWhenItWasRotated(Language language) throws Exception {
        VerifyingReceiver receiver = receiver(language);
        receiver.expect(WebhookSecret.generate().reveal());
        JsonNode call = send(
                "POST",
                "/v1/calls/web",
                "{'agent_id': 'a', 'webhook_url': '" + receiver.url() + "/" + language + "'}",
                201);
        String endpoint =
                send("GET", "/v1/webhooks?kind=call", "", 200).at("/items/0/id").asText();
        send("PATCH", "/v1/webhooks/" + endpoint, "{'retry_schedule': [2]}", 200);
        send("POST", "/v1/calls/" + call.get("id").asText() + "/reports", "{'type': 'connected'}", 200);
        awaitStatuses(endpoint, "failed");
        receiver.expect(send("POST", "/v1/signing-secret/rotate", "{'overlap_seconds': 0}", 200)
                .get("secret")
                .asText());
        awaitStatuses(endpoint, "succeeded", "failed");
    }

    /** What the documentation promises of its code, against somebody who is not Ringpost. */
    @ParameterizedTest
    @EnumSource
    void whatIsForgedOldOrTornIsRefused(Language language) throws Exception {
        VerifyingReceiver receiver = receiver(language);
        WebhookSecret secret = WebhookSecret.generate();
        WebhookPrivateKey pair = WebhookPrivateKey.generate();
        long now = Instant.now().getEpochSecond();
        Map<String, Signer> signers =
                Map.of(secret.reveal(), secret, pair.publicKey().text(), pair);
        for (Map.Entry<String, Signer> each : signers.entrySet()) {
            Signer signer = each.getValue();
            receiver.expect(each.getKey());
            Message good = Message.of(signer, now);
            assertThat(good.sendTo(receiver)).isEqualTo(204);
            assertThat(good.signed("v2,%%%% " + good.signature()).sendTo(receiver))
                    .isEqualTo(204);
            assertThat(Message.of(signer, now - 290).sendTo(receiver)).isEqualTo(204);
            assertThat(Message.of(signer, now - 310).sendTo(receiver)).isEqualTo(401);
            assertThat(Message.of(signer, now + 330).sendTo(receiver)).isEqualTo(401);
            assertThat(good.at(Long.toString(now - 1)).sendTo(receiver)).isEqualTo(401);
            assertThat(good.at("soon").sendTo(receiver)).isEqualTo(401);
            assertThat(good.named("evt_2").sendTo(receiver)).isEqualTo(401);
            assertThat(good.saying("{\"a\": 2}").sendTo(receiver)).isEqualTo(401);
            assertThat(good.signed("v1,AAAA v1a,AAAA").sendTo(receiver)).isEqualTo(401);
            assertThat(good.signed("v3"
                                    + good.signature()
                                            .substring(good.signature().indexOf(',')))
                            .sendTo(receiver))
                    .isEqualTo(401);
        }
    }

    private record Message(String id, String timestamp, String signature, String body) {
        static Message of(Signer signer, long seconds) {
            String body = "{\"a\": \"ü€😀\"}";
            return new Message(
                    "evt_1",
                    Long.toString(seconds),
                    signer.sign("evt_1", seconds, body.getBytes(StandardCharsets.UTF_8)),
                    body);
        }

        Message named(String other) {
            return new Message(other, timestamp, signature, body);
        }

        Message at(String other) {
            return new Message(id, other, signature, body);
        }

        Message signed(String other) {
            return new Message(id, timestamp, other, body);
        }

        Message saying(String other) {
            return new Message(id, timestamp, signature, other);
        }

        int sendTo(VerifyingReceiver receiver) throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(receiver.url())
                    .timeout(SOON)
                    .header("webhook-id", id)
                    .header("webhook-timestamp", timestamp)
                    .header("webhook-signature", signature)
                    .POST(BodyPublishers.ofString(body))
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private static VerifyingReceiver receiver(Language language) {
        VerifyingReceiver receiver = RECEIVERS.get(language);
        if (receiver == null) {
            throw new IllegalStateException(language + " was not started");
        }
        return receiver;
    }

    private static JsonNode create(VerifyingReceiver receiver, String more) throws Exception {
        String events = "'events': ['call.started', 'call.ended', 'transcript.final']";
        return send("POST", "/v1/webhooks", "{'url': '" + receiver.url() + "', " + events + more + "}", 201);
    }

    private static JsonNode rotate(String webhook, String body) throws Exception {
        return send("POST", "/v1/webhooks/" + webhook + "/rotate-secret", body, 200);
    }

    /** The status that the receiver answers to a sample. */
    private static int test(String webhook) throws Exception {
        return send("POST", "/v1/webhooks/" + webhook + "/test", "", 200)
                .get("response_status")
                .asInt();
    }

    private static void delete(String webhook) throws Exception {
        send("DELETE", "/v1/webhooks/" + webhook, "", 204);
    }

    /** A call whose bodies have more than ASCII and numbers that a parser would write differently. */
    private static void reportCall() throws Exception {
        String call = send("POST", "/v1/calls/web", "{'agent_id': 'ä/€😀', 'metadata': {'n': 1.10, 'big': 1e3}}", 201)
                .get("id")
                .asText();
        String path = "/v1/calls/" + call + "/reports";
        send("POST", path, "{'type': 'connected'}", 200);
        send("POST", path, "{'type': 'ended', 'outcome': 'gut', 'summary': null}", 200);
        send(
                "POST",
                path,
                "{'type': 'transcript', 'final': true, 'messages': [{'role': 'agent', 'content': 'Grüß Gott \\u2028', 'at': null}]}",
                200);
    }

    private static void awaitStatuses(String webhook, String... newestFirst) {
        await().atMost(SOON).untilAsserted(() -> assertThat(statuses(webhook)).containsExactly(newestFirst));
    }

    private static List<String> statuses(String webhook) throws Exception {
        JsonNode items =
                send("GET", "/v1/webhooks/" + webhook + "/deliveries", "", 200).get("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(row -> row.get("status").asText())
                .toList();
    }

    private static JsonNode send(String method, String path, String json, int status) throws Exception {
        HttpResponse<String> answer = server.send(method, path, json.replace('\'', '"'));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
    }
}
