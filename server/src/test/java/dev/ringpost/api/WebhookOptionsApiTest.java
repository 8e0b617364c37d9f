package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.store.ApiKey.Scope;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each option of a webhook at both of its edges, at creation and by PATCH. */
class WebhookOptionsApiTest {
    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOOK = "{'url': 'https://example.com/hook', 'events': ['call.ended']";

    private ApiClient api;

    @BeforeEach
    void newAccount() {
        api = rig.newAccount(Scope.FULL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "timeout_seconds | 1",
                "timeout_seconds | 30",
                "retry_schedule  | []",
                "retry_schedule  | [1]",
                "retry_schedule  | [1, 2591999]",
                "max_in_flight   | 1",
                "max_in_flight   | 1000",
                "rate_limit      | 1",
                "rate_limit      | 100000",
                "max_body_bytes  | 1",
                "max_body_bytes  | 2147483647",
                "ordering        | 'call'",
                "ordering        | 'strict_call'",
                "ordering        | 'none'",
                "status          | 'active'",
                "status          | 'inactive'",
                "signature       | 'v1'",
                "signature       | 'v1a'",
                "agent_ids       | ['a']",
                "directions      | ['outbound', 'inbound', 'web']",
                "name            | 'ö'",
            })
    void whatIsWithinItsEdgesIsTakenAndReadBack(String field, String value) throws Exception {
        Answer created = api.post("/v1/webhooks", HOOK + ", '" + field + "': " + value + "}")
                .expect(201);
        assertThat(created.json().get(field)).isEqualTo(json(value));
        String path = "/v1/webhooks/"
                + api.post("/v1/webhooks", HOOK + "}").expect(201).text("/id");
        api.patch(path, "{'" + field + "': " + value + "}").expect(200);
        assertThat(api.get(path).json().get(field)).isEqualTo(json(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "timeout_seconds | 0",
                "timeout_seconds | 31",
                "timeout_seconds | 1.5",
                "timeout_seconds | '10'",
                "retry_schedule  | [0]",
                "retry_schedule  | [1, 2592000]",
                "retry_schedule  | [2592001]",
                "retry_schedule  | 5",
                "max_in_flight   | 0",
                "max_in_flight   | 1001",
                "rate_limit      | 0",
                "rate_limit      | 100001",
                "max_body_bytes  | 0",
                "max_body_bytes  | 2147483648",
                "ordering        | 'lifo'",
                "status          | 'paused'",
                "signature       | 'v2'",
                "agent_ids       | ['']",
                "agent_ids       | ['a', 'a']",
                "agent_ids       | 'a'",
                "directions      | ['sideways']",
                "directions      | ['web', 'web']",
                "name            | ''",
                "events          | []",
                "events          | ['call.ended', 'call.ended']",
                "events          | ['call.begun']",
                "events          | ['webhook.disabled']",
                "events          | 'call.ended'",
                "url             | ''",
                "url             | 'ftp://example.com'",
                "url             | 5",
                "headers         | 5",
                "headers         | {'x-a': 5}",
            })
    void whatIsBeyondItsEdgesIsRefusedAndChangesNothing(String field, String value) {
        String base = field.equals("events") || field.equals("url")
                ? "{'url': 'https://example.com', 'events': ['call.ended'], "
                        .replace(
                                field.equals("url") ? "'url': 'https://example.com', " : "'events': ['call.ended'], ",
                                "")
                : HOOK + ", ";
        Answer refused = api.post("/v1/webhooks", base + "'" + field + "': " + value + "}")
                .expect(422);
        assertThat(refused.faults().keySet()).isNotEmpty().allMatch(pointer -> pointer.startsWith("/" + field));
        String path = "/v1/webhooks/"
                + api.post("/v1/webhooks", HOOK + "}").expect(201).text("/id");
        JsonNode before = api.get(path).json();
        api.patch(path, "{'" + field + "': " + value + "}").expect(422);
        assertThat(api.get(path).json()).isEqualTo(before);
    }

    @Test
    void aScheduleHasTwentyPausesAtMost() {
        assertThat(create("'retry_schedule': [" + numbers(20) + "]").json().get("retry_schedule"))
                .hasSize(20);
        refuses("'retry_schedule': [" + numbers(21) + "]", "/retry_schedule");
    }

    @Test
    void namesAndUrlsHaveALongestLength() {
        create("'name': '" + "n".repeat(255) + "'");
        refuses("'name': '" + "n".repeat(256) + "'", "/name");
        String longest = "https://example.com/" + "p".repeat(2048 - 20);
        api.post("/v1/webhooks", "{'events': ['call.ended'], 'url': '" + longest + "'}")
                .expect(201);
        assertThat(api.post("/v1/webhooks", "{'events': ['call.ended'], 'url': '" + longest + "p'}")
                        .expect(422)
                        .faults())
                .containsOnlyKeys("/url");
    }

    @Test
    void twentyHeadersAtMost() {
        assertThat(create("'headers': {" + headers(20) + "}").json().get("headers"))
                .hasSize(20);
        refuses("'headers': {" + headers(21) + "}", "/headers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "content-type",
                "Content-Length",
                "user-agent",
                "webhook-id",
                "Webhook-Signature",
                "webhook-timestamp",
                "ringpost-attempt",
                "ringpost-anything",
                "Connection",
                "Keep-Alive",
                "TE",
                "Trailer",
                "Transfer-Encoding",
                "Upgrade",
                "Proxy-Authorization",
                "Proxy-Connection",
                "Expect",
                "na me",
                "name:",
                "",
                "naïve",
            })
    void headersOfRingpostOrOfTheConnectionAndWhatIsNoNameAreRefused(String name) {
        refuses("'headers': {'" + name + "': 'v'}", "/headers/" + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " v", "v ", "a\\r\\nx-b: c", "ü", "***"})
    void headerValuesThatCouldNotBeSentAreRefused(String value) {
        refuses("'headers': {'x-a': '" + value + "'}", "/headers/x-a");
    }

    @Test
    void headerValuesAreMaskedAndTheMaskKeepsThem() {
        Answer created = create("'headers': {'Authorization': 'Bearer tell-nobody', 'x-b': 'b'}");
        assertThat(created.json().get("headers")).isEqualTo(json("{'authorization': '***', 'x-b': '***'}"));
        String path = "/v1/webhooks/" + created.text("/id");
        assertThat(created.http().body()).doesNotContain("tell-nobody");
        assertThat(api.get(path).http().body()).doesNotContain("tell-nobody");
        api.patch(path, "{'headers': {'authorization': '***', 'x-c': 'c'}}").expect(200);
        assertThat(rig.webhook(created.text("/id")).options().headers())
                .containsEntry("authorization", "Bearer tell-nobody")
                .containsEntry("x-c", "c")
                .hasSize(2);
        api.patch(path, "{'headers': {'x-new': '***'}}").expect(422);
        api.patch(path, "{'headers': {}}").expect(200);
        assertThat(rig.webhook(created.text("/id")).options().headers()).isEmpty();
    }

    @Test
    void nullTakesBackToTheDefault() {
        Answer created = create("'rate_limit': 5, 'max_body_bytes': 100, 'agent_ids': ['a'], 'directions': ['web']");
        String path = "/v1/webhooks/" + created.text("/id");
        Answer changed = api.patch(
                        path, "{'rate_limit': null, 'max_body_bytes': null, 'agent_ids': null, 'directions': null}")
                .expect(200);
        for (String field : new String[] {"rate_limit", "max_body_bytes", "agent_ids", "directions"}) {
            assertThat(changed.json().get(field).isNull()).as(field).isTrue();
        }
    }

    @Test
    void theSecretIsNeverReadBack() {
        Answer created = create("'secret': '" + ApiRig.OWN_SECRET + "'");
        String path = "/v1/webhooks/" + created.text("/id");
        assertThat(api.get(path).http().body()).doesNotContain("whsec_");
        assertThat(api.get("/v1/webhooks").http().body()).doesNotContain("whsec_");
        assertThat(api.patch(path, "{'name': 'n'}").http().body()).doesNotContain("whsec_");
    }

    private Answer create(String more) {
        return api.post("/v1/webhooks", HOOK + ", " + more + "}").expect(201);
    }

    private void refuses(String more, String pointer) {
        assertThat(api.post("/v1/webhooks", HOOK + ", " + more + "}")
                        .expect(422)
                        .faults())
                .containsOnlyKeys(pointer);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(ApiClient.quoted(text));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "1").collect(Collectors.joining(", "));
    }

    private static String headers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "'x-" + i + "': 'v'").collect(Collectors.joining(", "));
    }
}
