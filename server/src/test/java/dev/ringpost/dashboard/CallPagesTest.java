package dev.ringpost.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringpost.running.Api;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Calls: found, looked at, stopped and erased. */
class CallPagesTest {
    private static final String ATTACK = "<script>alert(1)</script>";

    @RegisterExtension
    static final LiveDashboard rig = new LiveDashboard();

    private final Browser browser = rig.operator();

    @Test
    void callsAreFoundByWhatIsKnownOfThem() {
        report("listed-1", "'type': 'connected'");
        report("listed-2", "'type': 'failed', 'reason': 'busy'");
        browser.get("/calls?external_id=listed-1").expect(200).has("listed-1").hasNot("listed-2");
        browser.get("/calls?status=failed").expect(200).has("listed-2").hasNot("listed-1");
        browser.get("/calls?until=2020-01-01T00%3A00").expect(200).has("No calls like that", "2020-01-01T00:00");
        browser.get("/calls?since=nonsense").expect(422);
    }

    @Test
    void aCallIsShownInTheOrderInWhichItWent() {
        rig.webhook("/204", ", 'name': 'shown'");
        String call = report("shown", "'type': 'connected'");
        report("shown", "'type': 'ended', 'end_reason': '" + ATTACK + "', 'outcome': '" + ATTACK + "'");
        report(
                "shown",
                "'type': 'transcript', 'final': true, 'messages': [{'role': '" + ATTACK + "', 'content': '" + ATTACK
                        + "'}]");
        report("shown", "'type': 'analysis', 'outcome': 'o', 'summary': 's', 'data': {'key': '" + ATTACK + "'}");
        await().until(() -> browser.get("/calls/" + call).body().contains("/deliveries/dlv_"));
        String page = browser.get("/calls/" + call).expect(200).body();
        assertThat(page).doesNotContain(ATTACK).contains("&lt;script&gt;");
        assertThat(page.indexOf(">call.started<")).isPositive().isLessThan(page.indexOf(">call.ended<"));
        assertThat(page.indexOf(">call.ended<")).isLessThan(page.indexOf(">transcript.final<"));
    }

    @Test
    void aRecordingIsALinkThatTellsNobodyWhereItWasFollowed() {
        String call = report("recorded", "'type': 'connected'");
        report("recorded", "'type': 'ended', 'outcome': null");
        report("recorded", "'type': 'recording', 'url': 'https://example.com/r.mp3'");
        browser.get("/calls/" + call).has("href=\"https://example.com/r.mp3\" rel=\"noreferrer noopener\"");
    }

    @Test
    void aCallIsStoppedThenErased() {
        String call = report("stopped", "'type': 'connected'");
        browser.get("/calls/" + call).has("Stop it").hasNot("Erase…");
        browser.post("/calls/" + call + "/stop").expect(303);
        browser.get("/calls/" + call).has("api_stop", "Erase…").hasNot("Stop…");
        browser.post("/calls/" + call + "/erase").expect(303);
        browser.get("/calls/" + call).expect(404);
    }

    @Test
    void whoMayOnlyLookHasNoButtons() {
        String call = report("looked-at", "'type': 'connected'");
        String account = rig.newAccount("looking");
        rig.signedIn(rig.newKey(account, "read")).get("/calls/" + call).expect(404);
        String own = rig.api()
                .done("/v1/accounts/" + operatorsAccount() + "/keys", "{'scope': 'reports'}")
                .path("key")
                .asText();
        rig.signedIn(own)
                .get("/calls/" + call)
                .expect(200)
                .has("may see the call, and not its events")
                .hasNot("Stop it");
    }

    private static String operatorsAccount() {
        return Api.json(rig.api().get("/v1/key")).path("account_id").asText();
    }

    /** The call's id. */
    private static String report(String externalId, String report) {
        return rig.api()
                .done(
                        "/v1/reports",
                        "{" + report + ", 'external_id': '" + externalId
                                + "', 'call': {'agent_id': 'a', 'type': 'web'}}")
                .at("/items/0/call_id")
                .asText();
    }
}
