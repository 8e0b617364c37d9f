package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.store.ApiKey.Scope;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** DELETE /v1/calls/{id}. */
class CallErasureApiTest {
    private static final String CALL = "{'agent_id': 'a1', 'to_number': '+4930555010', 'from_number': '+4930555020'";

    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private final ApiClient api = rig.newAccount(Scope.FULL);

    @Test
    void aQueuedCallIsErasedAndFiresNothing() {
        String id = api.post("/v1/calls", CALL + "}").expect(201).text("/id");
        api.delete("/v1/calls/" + id).expect(204);
        assertThat(api.get("/v1/calls/" + id).expect(404).problem()).isEqualTo("not-found");
        assertThat(api.get("/v1/calls").expect(200).json().path("total").asInt())
                .isZero();
        assertThat(api.get("/v1/events").expect(200).json().path("total").asInt())
                .isZero();
        assertThat(rig.dispatch.notesOf(id)).containsExactly("erased");
    }

    @Test
    void aCallThatGoesOnMustBeStoppedFirst() {
        String id = api.post("/v1/calls", CALL + "}").expect(201).text("/id");
        for (String status : new String[] {"initiated", "connected"}) {
            api.post("/v1/calls/" + id + "/reports", "{'type': '" + status + "'}")
                    .expect(200);
            Answer refused = api.delete("/v1/calls/" + id).expect(409);
            assertThat(refused.problem()).isEqualTo("impossible-transition");
            assertThat(refused.text("/detail")).contains("Stop the call first");
        }
        api.post("/v1/calls/" + id + "/stop", "{}").expect(200);
        api.delete("/v1/calls/" + id).expect(204);
    }

    @Test
    void anErasedCallTakesNothingAndIsNeverMadeAgain() {
        String id = endedCall("x-1");
        api.delete("/v1/calls/" + id).expect(204);
        assertErased(api.post("/v1/calls/" + id + "/reports", "{'type': 'connected'}"));
        assertErased(api.post("/v1/calls/" + id + "/stop", "{}"));
        assertErased(api.patch("/v1/calls/" + id, "{'outcome': 'won'}"));
        assertErased(api.post("/v1/calls", CALL + ", 'external_id': 'x-1'}"));
        assertErased(api.delete("/v1/calls/" + id));
        Answer batch = api.post(
                        "/v1/reports",
                        "[{'call_id': '" + id + "', 'type': 'connected'},"
                                + " {'external_id': 'x-1', 'type': 'connected', 'call': {'agent_id': 'a1',"
                                + " 'type': 'outbound', 'to_number': '+4930555010', 'from_number': null}},"
                                + " {'external_id': 'x-1', 'type': 'connected'}]")
                .expect(200);
        for (int i = 0; i < 3; i++) {
            assertThat(batch.text("/items/" + i + "/error/type")).endsWith("/erased");
            assertThat(batch.json().at("/items/" + i + "/error/status").asInt()).isEqualTo(404);
        }
        assertThat(api.get("/v1/calls").expect(200).json().path("total").asInt())
                .isZero();
    }

    private static void assertErased(Answer answer) {
        assertThat(answer.expect(404).problem()).isEqualTo("erased");
    }

    @Test
    void anotherAccountCanNotEraseItNorLearnOfIt() {
        ApiClient other = rig.newAccount(Scope.FULL);
        String id = endedCall("x-2");
        assertThat(other.delete("/v1/calls/" + id).expect(404).problem()).isEqualTo("not-found");
        api.delete("/v1/calls/" + id).expect(204);
        assertThat(other.delete("/v1/calls/" + id).expect(404).problem()).isEqualTo("not-found");
        other.post("/v1/calls", CALL + ", 'external_id': 'x-2'}").expect(201);
    }

    @Test
    void itsEventsGoAndItsAttemptsStayBare() {
        api.post("/v1/webhooks", "{'url': 'https://hooks.example/a', 'events': ['call.started', 'call.ended']}")
                .expect(201);
        String id = endedCall("x-3");
        Delivery started = rig.deliveries(api.account()).get(0);
        Delivery ended = rig.deliveries(api.account()).get(1);
        rig.succeed(started, "it said hello");
        String event = rig.ids.event(started.event());
        api.get("/v1/events/" + event).expect(200);

        api.delete("/v1/calls/" + id).expect(204);
        api.get("/v1/events/" + event).expect(404);
        api.get("/v1/calls/" + id + "/events").expect(404);
        api.get("/v1/calls/" + id + "/deliveries").expect(404);
        Answer sent = api.get("/v1/deliveries/" + rig.ids.delivery(started.event(), started.endpoint()))
                .expect(200);
        assertThat(sent.text("/status")).isEqualTo("succeeded");
        assertThat(sent.json().path("call_id").isNull()).isTrue();
        assertThat(sent.json().path("payload").isNull()).isTrue();
        assertThat(sent.json().at("/attempts/0/response_body").isNull()).isTrue();
        assertThat(sent.json().at("/attempts/0/response_headers")).isEmpty();
        assertThat(sent.http().body()).doesNotContain("it said hello");

        String waiting = "/v1/deliveries/" + rig.ids.delivery(ended.event(), ended.endpoint());
        Awaitility.await().until(() -> api.get(waiting).status() == 200);
        Answer cancelled = api.get(waiting);
        assertThat(cancelled.text("/status")).isEqualTo("cancelled");
        assertThat(cancelled.json().at("/attempts/0/call_id").isNull()).isTrue();
        assertThat(cancelled.json().at("/attempts/0/test").asBoolean()).isFalse();
    }

    @Test
    void keysThatMayNotManageMayNotErase() {
        String id = endedCall("x-4");
        ApiClient reader = rig.client(api.account(), Scope.READ, java.util.Set.of());
        assertThat(reader.delete("/v1/calls/" + id).expect(403).problem()).isEqualTo("scope");
    }

    private String endedCall(String externalId) {
        String id = api.post("/v1/calls", CALL + ", 'external_id': '" + externalId + "'}")
                .expect(201)
                .text("/id");
        api.post("/v1/calls/" + id + "/reports", "{'type': 'connected'}").expect(200);
        api.post("/v1/calls/" + id + "/reports", "{'type': 'ended', 'outcome': null}")
                .expect(200);
        return id;
    }
}
