package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.api.http.Operation;
import dev.ringpost.store.ApiKey.Scope;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every operation's input, bent in every way. Always a 2xx, where it is valid after all, or a 4xx that says what and
 * where; never a 500, never a word of the inside. A failure prints the request; the seeds are fixed.
 */
class BadInputTest {
    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private static final int BODIES = 2500;
    private static final int QUERIES = 1000;

    private ApiClient api;
    private List<Valid> corpus;

    /** A request that is valid. */
    private record Valid(String method, String path, String body) {}

    @BeforeEach
    void makeCorpus() {
        api = rig.newAccount(Scope.OPERATOR);
        String webhook = api.post("/v1/webhooks", "{'url': 'https://x.example/', 'events': ['call.ended']}")
                .expect(201)
                .text("/id");
        String call = api.post("/v1/calls/web", "{'agent_id': 'a'}").expect(201).text("/id");
        corpus = corpus("/v1/webhooks/" + webhook, "/v1/calls/" + call);
    }

    private static List<Valid> corpus(String webhook, String call) {
        String spec = "'agent_id': 'a', 'metadata': {'k': ['v', 1.5, null]}, 'variables': {'v': 1}, 'overrides': {},"
                + " 'webhook_url': 'https://x.example/call', 'webhook_mode': 'in_addition',"
                + " 'webhook_events': ['call.ended']";
        String spoken = "'messages': [{'role': 'user', 'content': 'hello', 'at': '2026-01-31T12:00:00Z'}]";
        return Stream.of(
                        new Valid(
                                "POST",
                                "/v1/calls",
                                "{'to_number': '+4915112345678', 'from_number': '+4930123456',"
                                        + " 'scheduled_at': '2030-01-31T12:00:00.000Z', " + spec + "}"),
                        new Valid("POST", "/v1/calls/web", "{" + spec + "}"),
                        new Valid("PATCH", call, "{'outcome': 'good'}"),
                        new Valid("POST", call + "/stop", "{}"),
                        new Valid("POST", call + "/reports", "{'type': 'initiated', 'at': '2026-01-31T12:00:00Z'}"),
                        new Valid("POST", call + "/reports", "{'type': 'connected', 'idempotency_key': 'k'}"),
                        new Valid("POST", call + "/reports", "{'type': 'failed', 'reason': 'busy'}"),
                        new Valid("POST", call + "/reports", "{'type': 'transcript', 'final': false, " + spoken + "}"),
                        new Valid(
                                "POST",
                                call + "/reports",
                                "{'type': 'ended', 'end_reason': 'hangup',"
                                        + " 'duration_seconds': 1.5, 'outcome': 'good', 'summary': 'text'}"),
                        new Valid(
                                "POST",
                                call + "/reports",
                                "{'type': 'recording', 'url': 'https://x.example/r.mp3',"
                                        + " 'duration_seconds': 2, 'format': 'mp3', 'expires_at': '2030-01-31T12:00:00Z'}"),
                        new Valid(
                                "POST",
                                call + "/reports",
                                "{'type': 'analysis', 'outcome': null, 'summary': 's'," + " 'data': {'score': 0.1}}"),
                        new Valid(
                                "POST",
                                "/v1/reports",
                                "[{'external_id': 'e', 'type': 'transcript', 'final': true, "
                                        + spoken
                                        + ", 'call': {'type': 'inbound', 'from_number': null, 'to_number': 'x', "
                                        + spec + "}}, {'call_id': 'call_x', 'type': 'connected'}]"),
                        new Valid(
                                "POST",
                                "/v1/reports",
                                "{'external_id': 'f', 'type': 'ended', 'account_id': 'acct_x',"
                                        + " 'call': {'agent_id': 'a', 'type': 'web'}}"),
                        new Valid(
                                "POST",
                                "/v1/webhooks",
                                "{'url': 'https://x.example/y?z=1', 'name': 'n',"
                                        + " 'events': ['call.started', 'transcript.partial'], 'status': 'active',"
                                        + " 'agent_ids': ['a'], 'directions': ['web'], 'timeout_seconds': 5,"
                                        + " 'retry_schedule': [5, 60], 'ordering': 'none', 'max_in_flight': 4,"
                                        + " 'rate_limit': 10, 'max_body_bytes': 1000, 'signature': 'v1',"
                                        + " 'headers': {'x-a': 'b'}, 'secret': '" + ApiRig.OWN_SECRET + "'}"),
                        new Valid(
                                "PATCH",
                                webhook,
                                "{'url': 'https://x.example/z', 'events': ['call.failed'],"
                                        + " 'rate_limit': null, 'headers': {'x-a': '***'}, 'status': 'inactive'}"),
                        new Valid("POST", webhook + "/test", "{'event': 'call.ended'}"),
                        new Valid(
                                "POST",
                                webhook + "/rotate-secret",
                                "{'overlap_seconds': 60, 'secret': '" + ApiRig.OWN_SECRET + "'}"),
                        new Valid(
                                "POST",
                                webhook + "/replay",
                                "{'since': '2026-01-31T12:00:00Z',"
                                        + " 'until': '2026-02-01T12:00:00Z', 'events': ['call.ended'], 'only': 'all'}"),
                        new Valid("POST", "/v1/signing-secret/rotate", "{'overlap_seconds': 60}"),
                        new Valid("POST", "/v1/accounts", "{'name': 'n'}"),
                        new Valid(
                                "POST",
                                "/v1/accounts/acct_x/keys",
                                "{'scope': 'web_calls', 'name': 'n'," + " 'agent_ids': ['a']}"),
                        new Valid(
                                "POST",
                                "/v1/portal-links",
                                "{'webhook_scope': ['" + webhook.substring(webhook.lastIndexOf('/') + 1)
                                        + "'], 'access': 'manage', 'expires_in': 60,"
                                        + " 'theme': {'accent': '#0f766e', 'background': '#fafaf9'}}"),
                        new Valid("POST", "/v1/deliveries/dlv_x/retry", "{}"))
                .map(valid -> new Valid(valid.method, valid.path, ApiClient.quoted(valid.body)))
                .toList();
    }

    /** So that an operation that is added is fuzzed too. */
    @Test
    void theCorpusHasEveryOperationWithABody() {
        List<String> missing = rig.operations().stream()
                .filter(operation -> operation.body() instanceof Operation.Body.Json)
                .filter(operation -> corpus.stream()
                        .noneMatch(valid -> operation.method().name().equals(valid.method)
                                && valid.path.matches(operation.path().replaceAll(":\\w+", "[^/]+"))))
                .map(Operation::toString)
                .toList();
        assertThat(missing)
                .as("operations without a body in BadInputTest.corpus")
                .isEmpty();
    }

    @Test
    void bodies() {
        fuzz(new Hostile(1), BODIES);
    }

    /** By hand: prints what is left of memory after each 20 000 bodies; it must come to rest. */
    @Test
    @Tag("soak")
    void bodiesForLong() {
        for (int round = 0; round < 10; round++) {
            fuzz(new Hostile(round), 20_000);
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            System.out.printf(
                    "after %d bodies: %d MB used%n",
                    (round + 1) * 20_000, (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        }
    }

    private void fuzz(Hostile hostile, int times) {
        for (int i = 0; i < times; i++) {
            Valid valid = corpus.get(i % corpus.size());
            byte[] body = hostile.mutate(valid.body);
            Answer answer = api.send(valid.method, valid.path, BodyPublishers.ofByteArray(body));
            check(valid.method + " " + valid.path + " " + cut(new String(body, StandardCharsets.ISO_8859_1)), answer);
        }
    }

    @Test
    void manyReportsAtOnce() {
        String item = "{'external_id': 'e', 'type': 'connected'},";
        Answer tooMany = api.post("/v1/reports", "[" + item.repeat(1000) + item.substring(0, item.length() - 1) + "]");
        assertThat(tooMany.expect(422).faults()).containsOnlyKeys("");
        String nodes = "{'external_id': 'e', 'type': 'analysis', 'outcome': null, 'summary': null, 'data': ["
                + "[],".repeat(1_300_000) + "1]}";
        check("many values", api.post("/v1/reports", nodes));
        assertThat(api.post("/v1/reports", nodes).expect(400).text("/detail")).contains("250000 tokens");
        Answer answer = api.post("/v1/reports", "[{'type': 'connected', 'call_id': 'call_x'}," + nodes + "]")
                .expect(200);
        assertThat(answer.text("/items/0/error/type")).endsWith("not-found");
        assertThat(answer.text("/items/1/error/detail")).contains("250000 tokens");
    }

    /** One report over 4 MiB is an error of that report, in a body that is fine; its values are never looked at. */
    @Test
    void aReportThatIsTooLargeIsAnItemsError() {
        String large = "{'external_id': 'e', 'type': 'analysis', 'outcome': null, 'summary': null, 'data': ["
                + "[],".repeat(1_500_000) + "1]}";
        String fine = "{'external_id': 'g', 'type': 'connected', 'call': {'agent_id': 'a', 'type': 'web'}}";
        Answer answer = api.post("/v1/reports", "[" + large + "," + fine + "]").expect(200);
        assertThat(answer.text("/items/0/error/type")).endsWith("too-large");
        assertThat(answer.text("/items/1/status")).isEqualTo("in_progress");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%00",
                "%zz",
                "%",
                "%C0%80",
                "%ED%A0%80",
                "%FF",
                "..%2f..",
                "a%2Fb",
                "a;b",
                "a//b",
                "%20",
                "+",
                "*",
                "call_%00",
                "%E2%80%AE",
                "wh_0",
                "call_zzzzzzzzzzzzzzzzzzzzzzzzzzzz",
                "-1",
                "null",
                "'",
                "<script>",
                "{id}",
                "a|b",
                "a\\b",
                "a^b",
                "\u00e4"
            })
    void idsInPaths(String id) throws Exception {
        for (Operation operation : rig.operations()) {
            if (operation.path().contains(":")) {
                String path = operation.path().replaceAll(":\\w+", id.replace("\\", "\\\\"));
                check(operation.method().name(), path, "", "{}");
            }
        }
    }

    @Test
    void queries() throws Exception {
        List<String> names = List.of(
                "limit",
                "offset",
                "cursor",
                "status",
                "event",
                "since",
                "until",
                "call_id",
                "agent_id",
                "kind",
                "final",
                "external_id",
                "event_id",
                "webhook_id",
                "unknown",
                "",
                "a[]",
                "%00",
                "%zz",
                "%F0%9F");
        List<String> values = List.of(
                "",
                "0",
                "-1",
                "1",
                "200",
                "201",
                "99999999999999999999",
                "1e3",
                "null",
                "true",
                "%00",
                "%zz",
                "%",
                "%FF",
                "2026-01-31T12:00:00Z",
                "2026-01-31T12:00:00+00:00",
                "call_x",
                "active",
                "a&limit=1",
                "=",
                "&&",
                "&x&y",
                "LzEKYQ",
                "x".repeat(3000),
                "%E2%80%AE",
                "+",
                ";",
                "\\",
                "\u00e4",
                "'",
                "<",
                "{}");
        List<Operation> operations = rig.operations();
        Random random = new Random(2);
        for (int i = 0; i < QUERIES; i++) {
            Operation operation = operations.get(random.nextInt(operations.size()));
            List<String> parts = new ArrayList<>();
            for (int n = random.nextInt(4); n >= 0; n--) {
                parts.add(names.get(random.nextInt(names.size())) + "=" + values.get(random.nextInt(values.size())));
            }
            String query = "?" + String.join("&", parts);
            check(operation.method().name(), operation.path().replaceAll(":\\w+", "x") + query, "", "{}");
        }
        check("GET", "/v1/calls?" + "a&".repeat(3500), "", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization:",
                "Authorization: Bearer",
                "Authorization: Bearer  ",
                "Authorization: Basic eDp5",
                "Authorization: bearer \u00e4\u00ff",
                "Authorization: Bearer a b",
                "Ringpost-Account:",
                "Ringpost-Account: acct_x",
                "Ringpost-Account: \u00e4",
                "Ringpost-Account: x\r\nRingpost-Account: y",
                "Content-Type: text/plain",
                "Content-Type: application/json; charset=utf-16",
                "Content-Type: application/json;;;charset",
                "Content-Type: \u00e4",
                "Content-Type: application/json\r\nContent-Type: text/html",
                "Content-Encoding: gzip",
                "Accept: nothing/at-all",
                "Accept-Encoding: bomb;q=9",
                "Range: bytes=0-1,5-",
                "If-Match: \"x\"",
                "Cookie: =;=;\u00ff",
                "Origin: null",
                "Expect: 200-maybe",
                "X-HTTP-Method-Override: DELETE",
                "Idempotency-Key:",
                "Idempotency-Key: \u00e4",
            })
    void headers(String headers) throws Exception {
        for (Operation operation : rig.operations()) {
            String path = operation.path().replaceAll(":\\w+", "x");
            check(operation.method().name(), path, headers + "\r\n", "{}");
        }
        check("GET", "/v1/calls", headers.substring(0, headers.indexOf(':')) + ": " + "x".repeat(12_000) + "\r\n", "");
    }

    /** Sends it as it is, which no HTTP library would. */
    private void check(String method, String target, String headers, String body) throws Exception {
        String lower = headers.toLowerCase(java.util.Locale.ROOT);
        String request = method + " " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + (lower.startsWith("authorization") ? "" : "Authorization: Bearer " + api.key() + "\r\n")
                + (lower.startsWith("content-type") ? "" : "Content-Type: application/json\r\n")
                + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        try (RawClient client = new RawClient(rig.port)) {
            String response = client.send(request).response();
            if (response.startsWith("HTTP/1.1 100")) {
                response = client.response();
            }
            check(cut(request), response);
        }
    }

    private static void check(String request, String response) {
        int status = Integer.parseInt(response.substring(9, 12));
        assertThat(status).as("%s%n%s", request, response).isBetween(200, 499);
        saysNothingOfTheInside(request, response);
        if (status >= 400) {
            assertThat(response)
                    .as(request)
                    .contains("application/problem+json", "https://ringpost.dev/problems/", "\"detail\":");
        }
    }

    private static void check(String request, Answer answer) {
        String response = answer.http().body();
        assertThat(answer.status()).as("%s%n%s", request, response).isBetween(200, 499);
        saysNothingOfTheInside(request, response);
        if (answer.status() >= 400) {
            isAProblem(request, answer.status(), answer.json());
        }
        answer.json().path("items").forEach(item -> {
            if (item.has("error")) {
                JsonNode error = item.path("error");
                isAProblem(request, error.path("status").asInt(), error);
            }
        });
    }

    private static void isAProblem(String request, int status, JsonNode problem) {
        assertThat(problem.path("type").asText()).as(request).startsWith("https://ringpost.dev/problems/");
        assertThat(problem.path("status").asInt()).as(request).isEqualTo(status);
        assertThat(problem.path("title").asText()).as(request).isNotBlank();
        assertThat(problem.path("detail").asText()).as(request).isNotBlank();
        if (status == 422 && problem.path("type").asText().endsWith("/validation")) {
            assertThat(problem.path("errors")).as(request).isNotEmpty().allSatisfy(error -> {
                assertThat(error.path("pointer").asText()).matches("(/.*)?");
                assertThat(error.path("message").asText()).isNotBlank();
            });
        }
    }

    private static void saysNothingOfTheInside(String request, String response) {
        assertThat(response)
                .as(request)
                .doesNotContain(
                        "Exception", "\tat ", "java.", "jackson", "io.netty", "vertx", "SQLITE", "dev.ringpost.");
    }

    private static String cut(String text) {
        return text.length() <= 500 ? text : text.substring(0, 500) + "... (" + text.length() + ")";
    }
}
