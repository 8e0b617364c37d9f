package dev.ringpost.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.running.Api;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A webhook's whole life in pages. */
class WebhookPagesTest {
    @RegisterExtension
    static final LiveDashboard rig = new LiveDashboard();

    private final Browser browser = rig.operator();

    @Test
    void aWebhookIsMadeWithAllItsOptions() {
        String there = browser.post(
                        "/webhooks",
                        "url",
                        rig.receiver.url("/made"),
                        "name",
                        "Made by hand",
                        "events",
                        "call.ended",
                        "events",
                        "call.failed",
                        "agent_ids",
                        "agent_1\r\nagent_2",
                        "directions",
                        "inbound",
                        "timeout_seconds",
                        "7",
                        "retry_schedule",
                        "10s, 5m, 2h, 90",
                        "ordering",
                        "none",
                        "max_in_flight",
                        "3",
                        "rate_limit",
                        "5",
                        "headers",
                        "X-Env: production\r\nx-team: voice: core",
                        "signature",
                        "v1a")
                .expect(303)
                .header("location");
        browser.get(there).expect(200).has("Made by hand", "Public key", "10s, 5m, 2h, 90s", "x-env, x-team");
        JsonNode made = Api.json(rig.api().get("/v1" + there.replaceFirst("\\?.*", "")));
        assertThat(made.path("agent_ids").toString()).isEqualTo("[\"agent_1\",\"agent_2\"]");
        assertThat(made.path("retry_schedule").toString()).isEqualTo("[10,300,7200,90]");
        assertThat(made.path("rate_limit").asInt()).isEqualTo(5);
        assertThat(made.path("signature").asText()).isEqualTo("v1a");
    }

    @Test
    void whatIsWrongStandsBesideItsField() {
        browser.post("/webhooks", "url", "ftp://x", "timeout_seconds", "soon", "retry_schedule", "5s, never")
                .expect(422)
                .has("id=\"url-fault\"", "id=\"events-fault\"")
                .has("id=\"timeout_seconds-fault\"", "value=\"soon\"")
                .has("id=\"retry_schedule-fault\">1 ", "value=\"5s, never\"");
    }

    @Test
    void aChangeKeepsWhatIsMasked() {
        String webhook = rig.webhook("/kept", ", 'headers': {'x-token': 'secret'}, 'rate_limit': 9");
        browser.get("/webhooks/" + webhook + "/edit").expect(200).has("x-token: ***", "value=\"9\"");
        browser.post(
                        "/webhooks/" + webhook + "/edit",
                        "url",
                        rig.receiver.url("/kept2"),
                        "name",
                        "Renamed",
                        "events",
                        "call.ended",
                        "headers",
                        "x-token: ***",
                        "rate_limit",
                        "")
                .expect(303);
        JsonNode changed = Api.json(rig.api().get("/v1/webhooks/" + webhook));
        assertThat(changed.path("name").asText()).isEqualTo("Renamed");
        assertThat(changed.path("rate_limit").isNull()).isTrue();
        assertThat(changed.path("headers").has("x-token")).isTrue();
    }

    @Test
    void itIsPausedAndResumed() {
        String page = "/webhooks/" + rig.webhook("/paused", "");
        browser.post(page + "/pause").expect(303);
        browser.get(page).has("Paused", "Resume");
        browser.post(page + "/resume").expect(303);
        browser.get(page).hasNot("Paused");
    }

    @Test
    void aTestShowsTheAnswer() {
        String page = "/webhooks/" + rig.webhook("/404", "");
        browser.post(page + "/test", "event", "call.failed").expect(200).has("Attempt 1", "404", "Answer's headers");
        assertThat(rig.receiver.received("/404").getLast().body()).contains("\"event\":\"call.failed\"");
    }

    @Test
    void theSecretIsShownWhenAskedForOnlyAndRotated() {
        String page = "/webhooks/" + rig.webhook("/secret", "");
        browser.get(page).hasNot("whsec_");
        String before = browser.post(page + "/secret").expect(200).has("whsec_").body();
        String after = browser.post(page + "/rotate-secret", "overlap_seconds", "3600")
                .expect(200)
                .has("Rotated", "whsec_")
                .body();
        assertThat(secret(after)).isNotEqualTo(secret(before));
        browser.post(page + "/rotate-secret", "secret", "mine").expect(422).has("stays as it is: secret must be");
    }

    private static String secret(String page) {
        int at = page.indexOf("whsec_");
        return page.substring(at, page.indexOf('<', at));
    }

    @Test
    void itIsDeleted() {
        String page = "/webhooks/" + rig.webhook("/deleted", "");
        browser.post(page + "/delete").expect(303);
        browser.get(page).expect(404).has("no such webhook");
    }

    @Test
    void whoMayOnlyReadSeesNoButtonsAndCannotPressThem() {
        String account = rig.newAccount("Readers");
        String manager = rig.newKey(account, "manage");
        String id = new Api(rig.api().server(), manager)
                .done("/v1/webhooks", "{'url': '" + rig.receiver.url("/r") + "', 'events': ['call.ended']}")
                .path("id")
                .asText();
        Browser reader = rig.signedIn(rig.newKey(account, "read"));
        reader.get("/webhooks/" + id).expect(200).hasNot("Send test", "/pause", "/secret", "/delete");
        for (String form : List.of("/webhooks/new", "/webhooks/" + id + "/edit", "/webhooks/" + id + "/replay")) {
            reader.get(form).expect(403).has("may not do this").hasNot("<form class=\"form\"");
        }
        reader.post("/webhooks/" + id + "/secret").expect(403);
        reader.post("/webhooks/" + id + "/delete").expect(403);
        rig.signedIn(manager).get("/webhooks/" + id).expect(200).has("Send test");
    }

    @Test
    void anotherAccountsWebhookIsNotThere() {
        String theirs = rig.webhook("/theirs", "");
        Browser other = rig.signedIn(rig.newKey(rig.newAccount("Other"), "full"));
        for (String page : new String[] {"", "/edit", "/deliveries", "/deliveries/newer", "/waiting"}) {
            other.get("/webhooks/" + theirs + page).expect(404);
        }
        for (String button : new String[] {"/edit", "/pause", "/delete", "/test", "/secret", "/rotate-secret"}) {
            other.post("/webhooks/" + theirs + button, "url", rig.receiver.url("/x"))
                    .expect(404);
        }
        other.get("/webhooks").expect(200).hasNot(theirs);
    }
}
