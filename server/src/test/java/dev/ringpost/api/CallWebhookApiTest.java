package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.delivery.Delivery;
import dev.ringpost.store.ApiKey.Scope;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A call's own webhook beside those of its account. */
class CallWebhookApiTest {
    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private ApiClient api;
    private String accounts;

    @BeforeEach
    void newAccount() {
        api = rig.newAccount(Scope.FULL);
        accounts = api.post(
                        "/v1/webhooks", "{'url': 'https://a.example/all', 'events': ['call.started', 'call.failed']}")
                .expect(201)
                .text("/id");
    }

    /** The ids of the webhooks that get a delivery of the event that the report fires. */
    private List<String> receivers(ReportedCall call, String report) {
        int before = rig.deliveries(api.account()).size();
        call.report(report).expect(200);
        return rig.deliveries(api.account()).stream()
                .skip(before)
                .map(Delivery::endpoint)
                .map(rig.ids::webhook)
                .toList();
    }

    private String endpoint(String url) {
        for (var item : api.get("/v1/webhooks?kind=call").expect(200).json().get("items")) {
            if (item.get("url").asText().equals(url)) {
                return item.get("id").asText();
            }
        }
        throw new AssertionError("There is no endpoint for " + url);
    }

    @Test
    void insteadIsTheDefaultAndTakesAllSeven() {
        ReportedCall call = ReportedCall.outbound(api, ", 'webhook_url': 'https://c.example/1'");
        assertThat(call.get().text("/webhook_mode")).isEqualTo("instead");
        assertThat(call.get().json().get("webhook_events")).hasSize(7);
        assertThat(receivers(call, "{'type': 'connected'}")).containsExactly(endpoint("https://c.example/1"));
        assertThat(receivers(call, "{'type': 'ended', 'outcome': null}"))
                .containsExactly(endpoint("https://c.example/1"));
    }

    @Test
    void withInsteadEventsLeftOutGoToNobody() {
        ReportedCall call =
                ReportedCall.outbound(api, ", 'webhook_url': 'https://c.example/1', 'webhook_events': ['call.ended']");
        assertThat(receivers(call, "{'type': 'connected'}")).isEmpty();
        assertThat(receivers(call, "{'type': 'ended', 'outcome': null}"))
                .containsExactly(endpoint("https://c.example/1"));
        assertThat(call.events()).as("they are fired all the same").containsExactly("call.started", "call.ended");
    }

    @Test
    void inAdditionJoinsTheAccountsWebhooks() {
        ReportedCall call = ReportedCall.outbound(
                api,
                ", 'webhook_url': 'https://c.example/1', 'webhook_mode': 'in_addition', 'webhook_events': ['call.started']");
        assertThat(receivers(call, "{'type': 'connected'}"))
                .containsExactlyInAnyOrder(accounts, endpoint("https://c.example/1"));
        assertThat(receivers(call, "{'type': 'ended', 'outcome': null}")).isEmpty();
    }

    @Test
    void oneUrlGetsAnEventOnce() {
        ReportedCall call =
                ReportedCall.outbound(api, ", 'webhook_url': 'https://a.example/all', 'webhook_mode': 'in_addition'");
        assertThat(receivers(call, "{'type': 'connected'}")).containsExactly(accounts);
        assertThat(receivers(call, "{'type': 'ended', 'outcome': null}"))
                .as("the account's does not want it")
                .containsExactly(endpoint("https://a.example/all"));
        api.patch("/v1/webhooks/" + accounts, "{'status': 'inactive'}").expect(200);
        ReportedCall next =
                ReportedCall.outbound(api, ", 'webhook_url': 'https://a.example/all', 'webhook_mode': 'in_addition'");
        assertThat(receivers(next, "{'type': 'connected'}"))
                .as("the account's is not active")
                .containsExactly(endpoint("https://a.example/all"));
    }

    @Test
    void callsWithOneUrlShareAnEndpointThatAReportsCallCanName() {
        ReportedCall first = ReportedCall.outbound(api, ", 'webhook_url': 'https://c.example/1'");
        String item = "[{'type': 'connected', 'external_id': 'x', 'call': {'agent_id': 'a', 'type': 'inbound',"
                + " 'from_number': null, 'to_number': 'sip:desk', 'webhook_url': 'https://c.example/1'}}]";
        String second = api.post("/v1/reports", item).expect(200).text("/items/0/call_id");
        assertThat(rig.deliveries(api.account()))
                .extracting(Delivery::endpoint)
                .extracting(rig.ids::webhook)
                .containsExactly(endpoint("https://c.example/1"));
        assertThat(receivers(first, "{'type': 'connected'}")).containsExactly(endpoint("https://c.example/1"));
        assertThat(api.get("/v1/calls/" + second).text("/webhook_url")).isEqualTo("https://c.example/1");
        assertThat(api.get("/v1/webhooks?kind=call").json().get("items")).hasSize(1);
        assertThat(api.get("/v1/webhooks").json().get("items")).hasSize(1);
    }

    @Test
    void modeAndEventsNeedAUrl() {
        String call = "{'agent_id': 'a', 'webhook_mode': 'instead', 'webhook_events': ['call.ended']}";
        assertThat(api.post("/v1/calls/web", call).expect(422).faults())
                .containsOnlyKeys("/webhook_mode", "/webhook_events");
    }
}
