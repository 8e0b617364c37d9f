package dev.ringpost.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.id.IdKind;
import dev.ringpost.store.ApiKey.Scope;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a POST with an Idempotency-Key does, it does once. */
class IdempotencyTest {
    private static final String WEB_CALL = "{'agent_id': 'a'}";
    private static final String HOOK = "{'url': 'https://hooks.example/a', 'events': ['call.ended']}";

    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private final ApiClient api = rig.newAccount(Scope.FULL);
    private final String key = UUID.randomUUID().toString();

    @Test
    void theSameRequestGetsTheFirstAnswerAgain() {
        Answer first = post("/v1/calls/web", WEB_CALL).expect(201);
        assertThat(first.header("idempotent-replayed")).isEmpty();
        rig.later(Duration.ofSeconds(1));
        Answer again = post("/v1/calls/web", WEB_CALL).expect(201);
        assertThat(again.http().body()).isEqualTo(first.http().body());
        assertThat(again.header("location")).isEqualTo(first.header("location"));
        assertThat(again.header("content-type")).isEqualTo("application/json");
        assertThat(again.header("idempotent-replayed")).isEqualTo("true");
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void fiftyAtOnceMakeOneCall() throws Exception {
        List<Callable<Answer>> same = IntStream.range(0, 50)
                .<Callable<Answer>>mapToObj(i -> () -> post("/v1/calls/web", WEB_CALL))
                .toList();
        List<Answer> made = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> answer : threads.invokeAll(same)) {
                if (answer.get().status() == 201) {
                    made.add(answer.get());
                } else {
                    assertThat(answer.get().expect(409).problem()).isEqualTo("idempotency-in-flight");
                    assertThat(answer.get().header("retry-after")).isEqualTo("1");
                }
            }
        }
        assertThat(made).isNotEmpty();
        assertThat(made)
                .extracting(answer -> answer.text("/id"))
                .containsOnly(made.getFirst().text("/id"));
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void anotherBodyIsRefused() {
        post("/v1/calls/web", WEB_CALL).expect(201);
        Answer refused = post("/v1/calls/web", "{'agent_id': 'b'}").expect(422);
        assertThat(refused.problem()).isEqualTo("idempotency-mismatch");
        assertThat(refused.faults()).containsOnlyKeys("/idempotency-key");
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void aKeyIsOfItsAccountAndPath() {
        Answer first = post("/v1/calls/web", WEB_CALL).expect(201);
        Answer other =
                send(rig.newAccount(Scope.FULL), "/v1/calls/web", WEB_CALL).expect(201);
        assertThat(other.text("/id")).isNotEqualTo(first.text("/id"));
        post("/v1/webhooks", HOOK).expect(201);
        post("/v1/calls/" + first.text("/id") + "/reports", "{'type': 'connected'}")
                .expect(200);
    }

    @Test
    void anOperatorsKeysAreOfTheAccountActedFor() {
        String account = rig.ids.format(IdKind.ACCOUNT, api.account());
        Answer first = post("/v1/calls/web", WEB_CALL).expect(201);
        Answer operators = rig.operator()
                .send(
                        "POST",
                        "/v1/calls/web",
                        BodyPublishers.ofString(ApiClient.quoted(WEB_CALL)),
                        "idempotency-key",
                        key,
                        "ringpost-account",
                        account)
                .expect(201);
        assertThat(operators.text("/id")).isEqualTo(first.text("/id"));
    }

    @Test
    void aDayLaterTheKeyIsNew() {
        Answer first = post("/v1/calls/web", WEB_CALL).expect(201);
        rig.later(Duration.ofHours(24).minusMinutes(1));
        assertThat(post("/v1/calls/web", WEB_CALL).text("/id")).isEqualTo(first.text("/id"));
        rig.later(Duration.ofMinutes(2));
        Answer second = post("/v1/calls/web", WEB_CALL).expect(201);
        assertThat(second.text("/id")).isNotEqualTo(first.text("/id"));
        assertThat(post("/v1/calls/web", WEB_CALL).text("/id")).isEqualTo(second.text("/id"));
    }

    @Test
    void aFaultyRequestStaysFaulty() {
        Answer first = post("/v1/webhooks", "{'url': 'http://a'}").expect(422);
        Answer again = post("/v1/webhooks", "{'url': 'http://a'}").expect(422);
        assertThat(again.header("idempotent-replayed")).isEqualTo("true");
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("content-type")).isEqualTo("application/problem+json");
        assertThat(post("/v1/webhooks", HOOK).expect(422).problem()).isEqualTo("idempotency-mismatch");
    }

    @Test
    void whatIsNeitherDoneNorFaultyIsNotKept() {
        Answer taken = api.post("/v1/calls/web", "{'agent_id': 'a', 'external_id': 'x'}")
                .expect(201);
        post("/v1/calls/web", "{'agent_id': 'a', 'external_id': 'x'}").expect(409);
        assertThat(post("/v1/calls/web", "{'agent_id': 'a', 'external_id': 'x'}")
                        .expect(409)
                        .header("idempotent-replayed"))
                .isEmpty();
        post("/v1/calls/web", WEB_CALL).expect(201);
        send(new ApiClient(rig.port, "rp_sk_unknown", 0), "/v1/calls/web", WEB_CALL)
                .expect(401);
        post("/v1/calls/call_x/reports", "{'type': 'connected'}").expect(404);
        assertThat(post("/v1/calls/call_x/reports", "{'type': 'connected'}")
                        .expect(404)
                        .header("idempotent-replayed"))
                .isEmpty();
        assertThat(taken.status()).isEqualTo(201);
    }

    @Test
    void aTestOfAWebhookIsSentOnce() {
        String hook = api.post("/v1/webhooks", HOOK).text("/id");
        Answer first = post("/v1/webhooks/" + hook + "/test", "{}").expect(200);
        assertThat(post("/v1/webhooks/" + hook + "/test", "{}").expect(200).text("/id"))
                .isEqualTo(first.text("/id"));
        assertThat(api.get("/v1/webhooks/" + hook + "/deliveries").json().get("items"))
                .hasSize(1);
    }

    @Test
    void anAnswerIsForgottenWithWhatItIsAbout() {
        String hook = post("/v1/webhooks", HOOK).expect(201).text("/id");
        api.delete("/v1/webhooks/" + hook).expect(204);
        assertThat(post("/v1/webhooks", HOOK).expect(201).text("/id")).isNotEqualTo(hook);
    }

    @Test
    void aBatchOfAThousandReportsIsAnsweredAgain() {
        String batch = IntStream.range(0, 1000)
                .mapToObj(i -> "{'type': 'connected', 'external_id': 'b-" + i
                        + "', 'call': {'agent_id': 'a', 'type': 'inbound', 'from_number': null, 'to_number': null}}")
                .collect(Collectors.joining(",", "[", "]"));
        Answer first = post("/v1/reports", batch).expect(200);
        assertThat(post("/v1/reports", batch).expect(200).http().body())
                .isEqualTo(first.http().body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space"})
    void aKeyThatIsNoneIsRefused(String bad) {
        Answer refused = api.send("POST", "/v1/calls/web", body(WEB_CALL), "idempotency-key", bad);
        assertThat(refused.expect(422).faults()).containsOnlyKeys("/idempotency-key");
    }

    @Test
    void aKeyHas255CharactersAtMost() {
        api.send("POST", "/v1/calls/web", body(WEB_CALL), "idempotency-key", "k".repeat(255))
                .expect(201);
        api.send("POST", "/v1/calls/web", body(WEB_CALL), "idempotency-key", "k".repeat(256))
                .expect(422);
    }

    @Test
    void noSecretOfAnAnswerIsInTheFilesInClear() throws IOException {
        String shown = post("/v1/webhooks", HOOK).expect(201).text("/secret");
        String url = "https://hooks.example/a";
        assertThat(filesWith(url)).isNotEmpty();
        assertThat(filesWith(shown)).isEmpty();
    }

    private static List<Path> filesWith(String text) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(rig.folder)) {
            for (Path file : files.toList()) {
                if (new String(Files.readAllBytes(file), ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private long calls() {
        return api.get("/v1/calls").json().get("total").asLong();
    }

    private Answer post(String path, String body) {
        return send(api, path, body);
    }

    private Answer send(ApiClient client, String path, String body) {
        return client.send("POST", path, body(body), "idempotency-key", key);
    }

    private static BodyPublisher body(String json) {
        return BodyPublishers.ofString(ApiClient.quoted(json));
    }
}
