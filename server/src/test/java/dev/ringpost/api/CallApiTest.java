package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.store.ApiKey.Scope;
import dev.ringpost.store.CallTimer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CallApiTest {
    private static final String CALL = "{'agent_id': 'a1', 'to_number': '+4930555010', 'from_number': '+4930555020'";

    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private final ApiClient api = rig.newAccount(Scope.FULL);

    @Test
    void aCallIsCreatedPlacedAndReadBackWithEveryField() {
        Answer created = api.post(
                        "/v1/calls",
                        CALL + ", 'external_id': 'x-1', 'webhook_url': 'https://hooks.example/c',"
                                + " 'webhook_mode': 'in_addition', 'webhook_events': ['call.ended'],"
                                + " 'variables': {'name': 'Ana'}, 'overrides': {'voice': 'b'},"
                                + " 'metadata': {'n': 12345678901234567890.10}}")
                .expect(201);
        String id = created.text("/id");
        assertThat(created.header("location")).isEqualTo("/v1/calls/" + id);
        assertThat(created.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(created.names())
                .containsExactly(
                        "id",
                        "external_id",
                        "agent_id",
                        "type",
                        "direction",
                        "status",
                        "from_number",
                        "to_number",
                        "scheduled_at",
                        "variables",
                        "overrides",
                        "metadata",
                        "webhook_url",
                        "webhook_mode",
                        "webhook_events",
                        "started_at",
                        "ended_at",
                        "duration_seconds",
                        "end_reason",
                        "failure_reason",
                        "messages",
                        "recording_url",
                        "recording_duration_seconds",
                        "recording_format",
                        "recording_expires_at",
                        "outcome",
                        "summary",
                        "analysis",
                        "created_at",
                        "updated_at");
        assertThat(created.http().body()).contains("12345678901234567890.10");
        assertThat(created.text("/created_at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(rig.commandDue(CallTimer.Kind.PLACE, id)).isPresent();
        assertThat(api.get("/v1/calls/" + id).expect(200).json()).isEqualTo(created.json());
    }

    @Test
    void aScheduledCallIsPlacedAtItsTime() {
        Instant later = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.MILLIS);
        Answer created = api.post("/v1/calls", CALL + ", 'scheduled_at': '" + later + "'}")
                .expect(201);
        assertThat(rig.commandDue(CallTimer.Kind.PLACE, created.text("/id"))).contains(later);
    }

    @Test
    void aPlannedTimeIsNoMoreThanAYearAhead() {
        Instant now = Instant.now();
        api.post("/v1/calls", CALL + ", 'scheduled_at': '" + now.plus(365, ChronoUnit.DAYS) + "'}")
                .expect(201);
        for (String bad : List.of(now.plus(367, ChronoUnit.DAYS).toString(), "9999-12-31T23:59:59Z", "2026-01-01")) {
            assertThat(api.post("/v1/calls", CALL + ", 'scheduled_at': '" + bad + "'}")
                            .expect(422)
                            .faults())
                    .containsOnlyKeys("/scheduled_at");
        }
        String past = api.post("/v1/calls", CALL + ", 'scheduled_at': '2001-01-01T00:00:00+01:00'}")
                .expect(201)
                .text("/id");
        assertThat(rig.commandDue(CallTimer.Kind.PLACE, past).orElseThrow()).isAfter(now.minusSeconds(1));
    }

    @Test
    void aWebCallHasNoNumbers() {
        Answer created = api.post("/v1/calls/web", "{'agent_id': 'a1'}").expect(201);
        assertThat(created.text("/type")).isEqualTo("web");
        assertThat(created.json().get("to_number").isNull()).isTrue();
        assertThat(created.json().get("webhook_mode").isNull()).isTrue();
    }

    @Test
    void everyFaultIsNamedAtOnce() {
        Answer refused = api.post(
                "/v1/calls?dry=1",
                "{'to_number': '030 555', 'from_number': 7, 'external_id': '', 'webhook_mode': 'both',"
                        + " 'webhook_events': [], 'scheduled_at': 'soon', 'metadata': [], 'variables': {'a': '"
                        + "x".repeat(17_000) + "'}, 'a/b~c': 1}");
        assertThat(refused.expect(422).problem()).isEqualTo("validation");
        assertThat(refused.header("content-type")).isEqualTo("application/problem+json");
        assertThat(refused.names()).containsExactly("type", "title", "status", "detail", "errors");
        assertThat(refused.faults().keySet())
                .containsExactlyInAnyOrder(
                        "/a~1b~0c",
                        "/agent_id",
                        "/dry",
                        "/external_id",
                        "/from_number",
                        "/metadata",
                        "/scheduled_at",
                        "/to_number",
                        "/variables",
                        "/webhook_events",
                        "/webhook_mode");
    }

    @Test
    void aCallsOwnWebhookNeedsAUrlThatMayBeSentTo() {
        assertThat(api.post("/v1/calls", CALL + ", 'webhook_mode': 'instead'}")
                        .expect(422)
                        .faults())
                .containsEntry("/webhook_mode", "needs a webhook_url");
        assertThat(api.post(
                                "/v1/calls",
                                CALL + ", 'webhook_url': 'ftp://x', 'webhook_events': ['call.ended', 'call.ended']}")
                        .expect(422)
                        .faults())
                .containsOnlyKeys("/webhook_url", "/webhook_events");
    }

    @Test
    void anExternalIdIsTakenOnce() {
        api.post("/v1/calls", CALL + ", 'external_id': 'once'}").expect(201);
        assertThat(api.post("/v1/calls", CALL + ", 'external_id': 'once'}")
                        .expect(409)
                        .problem())
                .isEqualTo("external-id-taken");
        rig.newAccount(Scope.FULL)
                .post("/v1/calls", CALL + ", 'external_id': 'once'}")
                .expect(201);
    }

    @Test
    void unknownAndForeignCallsLookTheSame() {
        String id = api.post("/v1/calls", CALL + "}").text("/id");
        ApiClient other = rig.newAccount(Scope.FULL);
        Answer foreign = other.get("/v1/calls/" + id).expect(404);
        assertThat(foreign.problem()).isEqualTo("not-found");
        assertThat(other.get("/v1/calls/" + rig.ids.call(rig.numbers.next()))
                        .expect(404)
                        .json())
                .isEqualTo(foreign.json());
        assertThat(other.get("/v1/calls/nonsense").expect(404).json()).isEqualTo(foreign.json());
        other.post("/v1/calls/" + id + "/stop").expect(404);
        other.patch("/v1/calls/" + id, "{'outcome': 'x'}").expect(404);
        other.post("/v1/calls/" + id + "/reports", "{'type': 'connected'}").expect(404);
        other.get("/v1/calls/" + id + "/events").expect(404);
        other.get("/v1/calls/" + id + "/deliveries").expect(404);
    }

    @Test
    void aListIsFiltered() {
        String a = api.post("/v1/calls", CALL + ", 'external_id': 'f1'}").text("/id");
        String b = api.post("/v1/calls/web", "{'agent_id': 'a2'}").text("/id");
        api.post("/v1/calls/" + b + "/reports", "{'type': 'connected'}").expect(200);

        Answer all = api.get("/v1/calls").expect(200);
        assertThat(all.names()).containsExactly("items", "total", "limit", "offset");
        assertThat(all.json().findValuesAsText("id")).containsExactly(b, a);
        assertThat(all.json().at("/items/0").has("messages")).isFalse();
        assertThat(ids(api.get("/v1/calls?agent_id=a1"))).containsExactly(a);
        assertThat(ids(api.get("/v1/calls?status=in_progress"))).containsExactly(b);
        assertThat(ids(api.get("/v1/calls?external_id=f1"))).containsExactly(a);
        assertThat(ids(api.get("/v1/calls?until=2020-01-01T00:00:00Z"))).isEmpty();
        assertThat(ids(api.get("/v1/calls?since=9999-01-01T00:00:00Z"))).isEmpty();
        assertThat(ids(api.get("/v1/calls?since=2020-01-01T00:00:00Z&until=9999-01-01T00:00:00Z&limit=1&offset=1")))
                .containsExactly(a);
    }

    @Test
    void everyFaultOfAQueryIsNamedAtOnce() {
        Answer refused =
                api.get("/v1/calls?limit=0&offset=-1&status=busy&since=yesterday&colour=red&agent_id=a&agent_id=b");
        assertThat(refused.expect(422).faults().keySet())
                .containsExactly("/agent_id", "/colour", "/limit", "/offset", "/since", "/status");
        assertThat(api.get("/v1/calls/x?a=1").expect(422).faults().keySet()).containsExactly("/a");
    }

    @Test
    void theOutcomeIsSetAfterTheEnd() {
        String id = api.post("/v1/calls/web", "{'agent_id': 'a1'}").text("/id");
        assertThat(api.patch("/v1/calls/" + id, "{'outcome': 'sold'}")
                        .expect(409)
                        .problem())
                .isEqualTo("impossible-transition");
        api.post("/v1/calls/" + id + "/reports", "{'type': 'ended', 'outcome': 'lost'}")
                .expect(200);
        assertThat(api.patch("/v1/calls/" + id, "{'outcome': 'sold'}")
                        .expect(200)
                        .text("/outcome"))
                .isEqualTo("sold");
        assertThat(api.patch("/v1/calls/" + id, "{}").expect(422).faults()).containsOnlyKeys("/outcome");
        assertThat(api.patch("/v1/calls/" + id, "{'outcome': 1, 'status': 'x'}")
                        .expect(422)
                        .faults())
                .containsOnlyKeys("/outcome", "/status");
    }

    @Test
    void aCallIsStopped() {
        String id = api.post("/v1/calls", CALL + "}").text("/id");
        Answer stopped = api.post("/v1/calls/" + id + "/stop").expect(200);
        assertThat(stopped.text("/status")).isEqualTo("failed");
        assertThat(stopped.text("/failure_reason")).isEqualTo("api_stop");
        assertThat(rig.commandDue(CallTimer.Kind.PLACE, id)).isEmpty();
        assertThat(api.post("/v1/calls/" + id + "/stop", "{}").expect(200).json())
                .isEqualTo(stopped.json());
        api.post("/v1/calls/" + id + "/stop", "{'now': true}").expect(422);
    }

    @Test
    void aBrowsersKeyPlacesWebCallsOfItsAgentsOnly() {
        ApiClient browser = rig.client(api.account(), Scope.WEB_CALLS, Set.of("a1", "a2"));
        browser.post("/v1/calls/web", "{'agent_id': 'a1', 'metadata': {}}").expect(201);
        for (String body : List.of(
                "{'agent_id': 'a3'}",
                "{'agent_id': 'a1', 'overrides': {}}",
                "{'agent_id': 'a1', 'webhook_url': 'https://hooks.example/'}",
                "{'agent_id': 'a1', 'scheduled_at': null}")) {
            assertThat(browser.post("/v1/calls/web", body).expect(403).problem())
                    .isEqualTo("scope");
        }
        browser.post("/v1/calls/web", "{'agent_id': 'a1', 'nonsense': 1}").expect(422);
        browser.post("/v1/calls", CALL + "}").expect(403);
        browser.get("/v1/calls").expect(403);
    }

    private static List<String> ids(Answer list) {
        return list.expect(200).json().get("items").findValuesAsText("id");
    }
}
