package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.store.ApiKey.Scope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReportApiTest {
    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private static final String NEW_CALL =
            "'call': {'agent_id': 'a', 'type': 'inbound', 'from_number': 'withheld', 'to_number': null}";

    private ApiClient api;

    @BeforeEach
    void newAccount() {
        api = rig.newAccount(Scope.FULL);
    }

    @Test
    void aBatchMakesCallsAndRefusesOnlyWhatIsWrong() {
        Answer answer = api.post(
                        "/v1/reports",
                        "[{'type': 'connected', 'external_id': 'x1', " + NEW_CALL + "},"
                                + "{'type': 'ended', 'external_id': 'x1', 'outcome': null},"
                                + "{'type': 'failed', 'external_id': 'x1', 'reason': 'busy'},"
                                + "{'type': 'connected', 'external_id': 'unknown'},"
                                + "{'type': 'sneezed', 'external_id': 'x1'},"
                                + "{'type': 'transcript', 'final': true, 'external_id': 'x1',"
                                + " 'messages': [{'role': 'agent', 'content': 'Hello'}]}]")
                .expect(200);
        assertThat(answer.json().get("items")).hasSize(6);
        assertThat(answer.text("/items/0/status")).isEqualTo("in_progress");
        assertThat(answer.json().at("/items/1/events")).hasSize(1);
        assertThat(answer.json().at("/items/2/error/status").asInt()).isEqualTo(409);
        assertThat(answer.text("/items/2/error/type")).endsWith("/impossible-transition");
        assertThat(answer.json().at("/items/3/error/status").asInt()).isEqualTo(404);
        assertThat(answer.json().at("/items/4/error/status").asInt()).isEqualTo(422);
        assertThat(answer.json().at("/items/5/events")).hasSize(1);
        String id = answer.text("/items/0/call_id");
        Answer call = api.get("/v1/calls/" + id).expect(200);
        assertThat(call.text("/external_id")).isEqualTo("x1");
        assertThat(call.text("/from_number")).isEqualTo("withheld");
        assertThat(call.text("/messages/0/content")).isEqualTo("Hello");
        assertThat(api.get("/v1/calls/" + id + "/events").expect(200).json().findValuesAsText("event"))
                .contains("call.started", "call.ended", "transcript.final");
    }

    @Test
    void endedWaitsForItsAnalysisAndSaysSo() {
        String id = api.post("/v1/calls/web", "{'agent_id': 'a'}").text("/id");
        String reports = "/v1/calls/" + id + "/reports";
        api.post(reports, "{'type': 'connected'}").expect(200);
        Answer ended =
                api.post(reports, "{'type': 'ended', 'duration_seconds': 12}").expect(200);
        assertThat(ended.names()).containsExactly("call_id", "status", "events", "pending", "stop_requested");
        assertThat(ended.text("/status")).isEqualTo("completed");
        assertThat(ended.json().get("events")).isEmpty();
        assertThat(ended.text("/pending/0/event")).isEqualTo("call.ended");
        Answer analysed = api.post(
                        reports, "{'type': 'analysis', 'outcome': 'booked', 'summary': null, 'data': {'score': 1.50}}")
                .expect(200);
        assertThat(analysed.json().get("events")).hasSize(2);
        assertThat(api.get("/v1/calls/" + id).http().body()).contains("\"analysis\":{\"score\":1.50}");
    }

    @Test
    void theSameReportAgainFiresNothing() {
        String id = api.post("/v1/calls/web", "{'agent_id': 'a'}").text("/id");
        String partial = "{'type': 'transcript', 'final': false, 'messages': [{'role': 'user', 'content': 'Hi'}]}";
        assertThat(api.post("/v1/calls/" + id + "/reports", partial).json().get("events"))
                .hasSize(2);
        assertThat(api.post("/v1/calls/" + id + "/reports", partial).json().get("events"))
                .isEmpty();
    }

    @Test
    void anImpossibleReportNamesBothStates() {
        String id = api.post("/v1/calls/web", "{'agent_id': 'a'}").text("/id");
        String reports = "/v1/calls/" + id + "/reports";
        api.post(reports, "{'type': 'failed', 'reason': 'busy'}").expect(200);
        Answer refused = api.post(reports, "{'type': 'connected'}").expect(409);
        assertThat(refused.problem()).isEqualTo("impossible-transition");
        assertThat(refused.text("/detail")).contains("failed").contains("connected");
    }

    @Test
    void stopEndsACall() {
        String id = api.post("/v1/calls/web", "{'agent_id': 'a'}").text("/id");
        int hints = rig.engineHints.get();
        assertThat(api.post("/v1/calls/" + id + "/stop").expect(200).text("/status"))
                .isEqualTo("failed");
        assertThat(api.get("/v1/calls/" + id).text("/failure_reason")).isEqualTo("api_stop");
        assertThat(rig.engineHints).hasValueGreaterThan(hints);
    }

    @Test
    void theCallsOwnWebhookTakesThePlaceOfTheAccounts() {
        api.post("/v1/webhooks", "{'url': 'https://example.com/all', 'events': ['call.started']}")
                .expect(201);
        String own = api.post("/v1/calls/web", "{'agent_id': 'a', 'webhook_url': 'https://example.com/own'}")
                .text("/id");
        api.post("/v1/calls/" + own + "/reports", "{'type': 'connected'}").expect(200);
        assertThat(rig.deliveries(api.account())).hasSize(1);
        String both = api.post(
                        "/v1/calls/web",
                        "{'agent_id': 'a', 'webhook_url': 'https://example.com/own', 'webhook_mode': 'in_addition'}")
                .text("/id");
        api.post("/v1/calls/" + both + "/reports", "{'type': 'connected'}").expect(200);
        assertThat(rig.deliveries(api.account())).hasSize(3);
        assertThat(api.get("/v1/webhooks?kind=call").expect(200).json().get("items"))
                .hasSize(1);
    }
}
