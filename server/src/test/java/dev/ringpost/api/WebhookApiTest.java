package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.store.ApiKey.Scope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WebhookApiTest {
    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private static final String HOOK = "{'url': 'https://example.com/hook', 'events': ['call.ended']";

    private ApiClient api;

    @BeforeEach
    void newAccount() {
        api = rig.newAccount(Scope.FULL);
    }

    @Test
    void aWebhookIsCreatedWithDefaultsAndShowsItsSecretOnce() {
        Answer created = api.post("/v1/webhooks", HOOK + "}").expect(201);
        assertThat(created.text("/id")).startsWith("wh_");
        assertThat(created.text("/name")).isEqualTo("example.com");
        assertThat(created.text("/status")).isEqualTo("active");
        assertThat(created.text("/kind")).isEqualTo("account");
        assertThat(created.text("/secret")).startsWith("whsec_");
        assertThat(created.json().at("/timeout_seconds").asInt()).isEqualTo(10);
        assertThat(created.json().at("/retry_schedule")).hasSize(9);
        String path = "/v1/webhooks/" + created.text("/id");
        Answer read = api.get(path).expect(200);
        assertThat(read.json().has("secret")).isFalse();
        assertThat(read.text("/health/state")).isNotEmpty();
        assertThat(api.get(path + "/secret").expect(200).text("/secret")).isEqualTo(created.text("/secret"));
    }

    @Test
    void anOwnSecretIsTaken() {
        Answer created = api.post("/v1/webhooks", HOOK + ", 'secret': '" + ApiRig.OWN_SECRET + "'}")
                .expect(201);
        assertThat(created.text("/secret")).isEqualTo(ApiRig.OWN_SECRET);
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        Answer refused = api.post(
                "/v1/webhooks",
                "{'url': 'ftp://x', 'events': ['call.ended', 'call.ended', 'call.begun'], 'name': '',"
                        + " 'timeout_seconds': 31, 'retry_schedule': [-1], 'ordering': 'lifo', 'max_in_flight': 0,"
                        + " 'headers': {'Host': 'x'}, 'secret': 'whsec_AA==', 'colour': 'red'}");
        assertThat(refused.expect(422).problem()).isEqualTo("validation");
        assertThat(refused.faults().keySet())
                .contains(
                        "/url",
                        "/name",
                        "/timeout_seconds",
                        "/ordering",
                        "/max_in_flight",
                        "/secret",
                        "/colour",
                        "/headers/Host",
                        "/retry_schedule/0")
                .anyMatch(pointer -> pointer.startsWith("/events"));
    }

    @Test
    void aChangeReplacesWhatItNamesAndTellsTheEngine() {
        String id = api.post("/v1/webhooks", HOOK + "}").text("/id");
        Answer changed = api.patch(
                "/v1/webhooks/" + id,
                "{'name': 'n', 'url': 'https://other.example/h', 'events': ['call.started', 'call.failed'],"
                        + " 'status': 'inactive'}");
        assertThat(changed.expect(200).text("/status")).isEqualTo("inactive");
        assertThat(changed.json().get("events")).hasSize(2);
        assertThat(api.get("/v1/webhooks/" + id).text("/url")).isEqualTo("https://other.example/h");
        assertThat(rig.dispatch.notesOf(id)).isNotEmpty();
        assertThat(api.get("/v1/webhooks?status=inactive").json().get("items")).hasSize(1);
        assertThat(api.get("/v1/webhooks?status=active").json().get("items")).isEmpty();
    }

    @Test
    void aDeletedWebhookIsGone() {
        String id = api.post("/v1/webhooks", HOOK + "}").text("/id");
        api.delete("/v1/webhooks/" + id).expect(204);
        api.get("/v1/webhooks/" + id).expect(404);
        api.delete("/v1/webhooks/" + id).expect(404);
        assertThat(api.get("/v1/webhooks").json().get("items")).isEmpty();
        assertThat(rig.dispatch.notesOf(id)).last().asString().contains("deleted");
    }

    @Test
    void anInactiveWebhookGetsNoNewDeliveries() {
        String id = api.post("/v1/webhooks", HOOK.replace("call.ended", "call.started") + "}")
                .text("/id");
        api.patch("/v1/webhooks/" + id, "{'status': 'inactive'}").expect(200);
        String call = api.post("/v1/calls/web", "{'agent_id': 'a'}").text("/id");
        api.post("/v1/calls/" + call + "/reports", "{'type': 'connected'}").expect(200);
        assertThat(rig.deliveries(api.account())).isEmpty();
        api.patch("/v1/webhooks/" + id, "{'status': 'active'}").expect(200);
        String other = api.post("/v1/calls/web", "{'agent_id': 'a'}").text("/id");
        api.post("/v1/calls/" + other + "/reports", "{'type': 'connected'}").expect(200);
        assertThat(rig.deliveries(api.account())).hasSize(1);
    }

    @Test
    void aTestAnswersWithItsAttempt() {
        String id = api.post("/v1/webhooks", HOOK + "}").text("/id");
        Answer tested = api.post("/v1/webhooks/" + id + "/test").expect(200);
        assertThat(tested.text("/event")).isEqualTo("call.ended");
        assertThat(tested.json().get("test").asBoolean()).isTrue();
        assertThat(rig.dispatch.notesOf(id))
                .filteredOn(note -> note.contains("repaired"))
                .hasSize(1);
        assertThat(api.post("/v1/webhooks/" + id + "/test", "{'event': 'transcript.final'}")
                        .expect(200)
                        .text("/event"))
                .isEqualTo("transcript.final");
        assertThat(api.get("/v1/webhooks/" + id + "/deliveries")
                        .expect(200)
                        .json()
                        .get("items"))
                .hasSize(2);
        api.post("/v1/webhooks/" + id + "/test", "{'event': 'call.begun'}").expect(422);
    }

    @Test
    void anotherAccountFindsNothing() {
        String id = api.post("/v1/webhooks", HOOK + "}").text("/id");
        ApiClient other = rig.newAccount(Scope.FULL);
        other.get("/v1/webhooks/" + id).expect(404);
        other.patch("/v1/webhooks/" + id, "{'name': 'mine'}").expect(404);
        other.delete("/v1/webhooks/" + id).expect(404);
        other.post("/v1/webhooks/" + id + "/test").expect(404);
        other.get("/v1/webhooks/" + id + "/secret").expect(404);
        other.get("/v1/webhooks/" + id + "/deliveries").expect(404);
        assertThat(other.get("/v1/webhooks").json().get("items")).isEmpty();
    }

    @Test
    void aCursorIsStableWhileWebhooksAreAdded() {
        for (int i = 0; i < 5; i++) {
            api.post("/v1/webhooks", HOOK + ", 'name': 'w" + i + "'}").expect(201);
        }
        Answer first = api.get("/v1/webhooks?limit=2&cursor=").expect(200);
        assertThat(first.names()).containsExactly("items", "next_cursor", "has_more", "limit");
        api.post("/v1/webhooks", HOOK + ", 'name': 'late'}").expect(201);
        Answer second = api.get("/v1/webhooks?limit=2&cursor=" + first.text("/next_cursor"))
                .expect(200);
        assertThat(second.json().findValuesAsText("name")).containsExactly("w2", "w1");
        api.get("/v1/webhooks?cursor=nonsense").expect(422);
    }
}
