package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.store.ApiKey.Scope;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** POST /v1/reports: many calls in one body, and what is wrong with some of them. */
class ReportBatchApiTest {
    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private static final String GOOD = "{'type': 'connected', 'external_id': 'good', "
            + "'call': {'agent_id': 'a', 'type': 'inbound', 'from_number': 'withheld', 'to_number': null}}";

    private ApiClient api;

    @BeforeEach
    void newAccount() {
        api = rig.newAccount(Scope.FULL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'external_id': 'x', 'type': 'connected'}                                         | 404 |",
                "{'call_id': 'call_unknown', 'type': 'connected'}                                  | 404 |",
                "{'type': 'connected'}                                                             | 422 | /1/external_id",
                "{'external_id': 'good', 'type': 'sneezed'}                                        | 422 | /1/type",
                "{'external_id': 'good'}                                                           | 422 | /1/type",
                "{'external_id': 'good', 'type': 'failed', 'reason': 7}                            | 422 | /1/reason",
                "{'external_id': 'good', 'type': 'connected', 'colour': 1}                         | 422 | /1/colour",
                "{'external_id': 'good', 'type': 'connected', 'at': 'now'}                         | 422 | /1/at",
                "{'external_id': 'good', 'type': 'transcript', 'final': true, 'messages': [{'role': 'a'}]} | 422 | /1/messages/0/content",
                "{'external_id': 'n', 'type': 'connected', 'call': {'agent_id': 'a', 'type': 'web', 'to_number': '1'}} | 422 | /1/call/to_number",
                "{'external_id': 'n', 'type': 'connected', 'call': {'agent_id': 'a'}}              | 422 | /1/call/type",
                "{'external_id': 'n', 'type': 'connected', 'call': {'agent_id': 'a', 'type': 'web', 'webhook_url': 'no'}} | 422 | /1/call/webhook_url",
                "{'external_id': '', 'type': 'connected'}                                          | 422 | /1/external_id",
                "7                                                                                 | 422 | /1",
                "null                                                                              | 422 | /1",
                "{'external_id': 'good', 'type': 'analysis', 'outcome': null, 'summary': null, 'data': 11111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111} | 400 |",
                "[]                                                                                | 422 | /1",
                "{'external_id': 'good', 'type': 'failed', 'reason': 'x'}                          | 409 |",
                "{'external_id': 'good', 'type': 'connected', 'type': 'connected'}                 | 400 |",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]] | 400 |",
            })
    void aBadItemSpoilsNoOther(String bad, int status, String pointer) {
        Answer answer = api.post(
                        "/v1/reports",
                        "[" + GOOD + ", " + bad + ", {'external_id': 'good', 'type': 'ended', 'outcome': null}]")
                .expect(200);
        JsonNode items = answer.json().get("items");
        assertThat(items).hasSize(3);
        assertThat(items.at("/0/events")).hasSize(1);
        assertThat(items.at("/2/events")).hasSize(1);
        JsonNode error = items.at("/1/error");
        assertThat(error.get("status").asInt()).isEqualTo(status);
        assertThat(error.get("type").asText()).startsWith("https://ringpost.dev/problems/");
        assertThat(error.get("detail").asText()).isNotEmpty();
        if (pointer != null) {
            assertThat(error.at("/errors/0/pointer").asText()).isEqualTo(pointer);
        }
    }

    @Test
    void aBodyThatIsOneReportHasPointersFromItsRoot() {
        Answer answer = api.post("/v1/reports", "{'type': 'sneezed', 'external_id': 'x'}")
                .expect(200);
        assertThat(answer.text("/items/0/error/errors/0/pointer")).isEqualTo("/type");
        assertThat(api.post("/v1/reports", GOOD).expect(200).json().at("/items/0/events"))
                .hasSize(1);
    }

    @Test
    void aReportOverFourMebibytesIsAnErrorOfItsOwn() {
        String huge = "{'external_id': 'good', 'type': 'transcript', 'final': false, 'messages':"
                + " [{'role': 'user', 'content': '" + "x".repeat(4 << 20) + "'}]}";
        Answer answer = api.post("/v1/reports", "[" + GOOD + "," + huge + "]").expect(200);
        assertThat(answer.json().at("/items/0/events")).hasSize(1);
        assertThat(answer.json().at("/items/1/error/status").asInt()).isEqualTo(413);
        assertThat(answer.text("/items/1/error/type")).endsWith("/too-large");
    }

    @Test
    void aThousandReportsAreTakenAndNoMore() {
        String many = String.join(
                ",",
                IntStream.range(0, 1000)
                        .mapToObj(i -> GOOD.replace("good", "n" + i))
                        .toList());
        assertThat(api.post("/v1/reports", "[" + many + "]").expect(200).json().get("items"))
                .hasSize(1000);
        assertThat(api.get("/v1/calls").json().get("total").asInt()).isEqualTo(1000);
        api.post("/v1/reports", "[" + many + "," + GOOD + "]").expect(422);
        api.post("/v1/reports", "[]").expect(200);
    }

    @Test
    void reportsOfOneCallAreAppliedInTheirOrder() {
        Answer answer = api.post(
                        "/v1/reports",
                        "[" + GOOD + ", {'external_id': 'good', 'type': 'ended', 'outcome': 'a'},"
                                + " {'external_id': 'good', 'type': 'analysis', 'outcome': 'b', 'summary': null}]")
                .expect(200);
        String id = answer.text("/items/0/call_id");
        assertThat(answer.text("/items/2/call_id")).isEqualTo(id);
        assertThat(new ReportedCall(api, id).events())
                .containsExactly("call.started", "call.ended", "call.analyzed", "call.analyzed");
        assertThat(api.get("/v1/calls/" + id).text("/outcome")).isEqualTo("b");
    }

    @Test
    void theFirstReportsCallCounts() {
        String first = api.post("/v1/reports", GOOD).expect(200).text("/items/0/call_id");
        Answer second = api.post(
                        "/v1/reports",
                        GOOD.replace("'agent_id': 'a'", "'agent_id': 'other'").replace("connected", "initiated"))
                .expect(200);
        assertThat(second.text("/items/0/call_id")).isEqualTo(first);
        Answer call = api.get("/v1/calls/" + first);
        assertThat(call.text("/agent_id")).isEqualTo("a");
        assertThat(call.text("/from_number")).isEqualTo("withheld");
        assertThat(call.json().get("to_number").isNull()).isTrue();
        assertThat(call.text("/type")).isEqualTo("inbound");
        assertThat(call.text("/direction")).isEqualTo("inbound");
    }

    @Test
    void reportsAtTheSameTimeMakeOneCall() throws Exception {
        Callable<String> report =
                () -> api.post("/v1/reports", GOOD).expect(200).text("/items/0/call_id");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<String> ids = threads.invokeAll(Collections.nCopies(20, report)).stream()
                    .map(Future::resultNow)
                    .distinct()
                    .toList();
            assertThat(ids).hasSize(1);
        }
        assertThat(api.get("/v1/calls").json().get("total").asInt()).isEqualTo(1);
        assertThat(api.get("/v1/events").json().get("total").asInt()).isEqualTo(1);
    }

    @Test
    void aReportFindsACreatedCallByItsExternalId() {
        ReportedCall call = ReportedCall.outbound(api, ", 'external_id': 'good'");
        assertThat(api.post("/v1/reports", GOOD).text("/items/0/call_id")).isEqualTo(call.id());
        assertThat(call.get().text("/type")).isEqualTo("outbound");
    }

    @Test
    void numbersAreFreeTextInAReportAndDialledOnesElsewhere() {
        String longest = "x".repeat(255);
        String reported = GOOD.replace("'withheld'", "'" + longest + "'");
        api.post("/v1/reports", reported).expect(200);
        assertThat(api.post("/v1/reports", reported.replace(longest, longest + "x"))
                        .text("/items/0/error/errors/0/pointer"))
                .isEqualTo("/call/from_number");
        for (String number : List.of("+1", "+0123", "491234", "+1234567890123456", "+49 30", "sip:x")) {
            String call = "{'agent_id': 'a', 'to_number': '" + number + "', 'from_number': '+4930555020'}";
            assertThat(api.post("/v1/calls", call).expect(422).faults()).containsOnlyKeys("/to_number");
        }
        for (String number : List.of("+12", "+123456789012345")) {
            api.post("/v1/calls", "{'agent_id': 'a', 'to_number': '" + number + "', 'from_number': '+4930555020'}")
                    .expect(201);
        }
    }

    @Test
    void anExternalIdHas1To128Characters() {
        api.post("/v1/calls/web", "{'agent_id': 'a', 'external_id': '" + "x".repeat(128) + "'}")
                .expect(201);
        for (String bad : List.of("", "x".repeat(129))) {
            assertThat(api.post("/v1/calls/web", "{'agent_id': 'a', 'external_id': '" + bad + "'}")
                            .expect(422)
                            .faults())
                    .containsOnlyKeys("/external_id");
        }
    }
}
