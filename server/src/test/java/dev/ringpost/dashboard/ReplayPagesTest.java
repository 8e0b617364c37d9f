package dev.ringpost.dashboard;

import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A replay: asked for, watched, cancelled. */
class ReplayPagesTest {
    @RegisterExtension
    static final LiveDashboard rig = new LiveDashboard();

    private final Browser browser = rig.operator();

    @Test
    void aReplayIsAskedForAndWatchedUntilItIsDone() {
        rig.failedCall("replayed");
        String webhook = rig.webhook("/204", "");
        browser.get("/webhooks/" + webhook + "/replay")
                .expect(200)
                .has("call.started")
                .hasNot("transcript.partial");
        String job = begin(webhook, "2026-01-01T00:00");
        await().until(() -> browser.get(job).body().contains("done</span>"));
        browser.get(job).has("<dt>Waiting</dt><dd>0</dd>").hasNot("every 1s", "Cancel the rest");
        await().until(() -> !rig.receiver.received("/204").isEmpty());
    }

    @Test
    void aReplayThatGoesOnIsAskedAgainAndCanBeCancelled() {
        rig.failedCall("held");
        String webhook = rig.webhook("/held", "");
        String job = begin(webhook, "2026-01-01T00:00");
        await().until(() -> !browser.get(job).body().contains("0 of 0 ended"));
        browser.get(job).has("hx-trigger=\"every 1s\"", "Cancel the rest");
        browser.post(job + "/cancel").expect(303);
        browser.get(job).has("cancelled</span>");
        rig.receiver.letGo();
    }

    @Test
    void whatIsWrongIsSaid() {
        String webhook = rig.webhook("/wrong", "");
        browser.post("/webhooks/" + webhook + "/replay", "since", "", "only", "failed")
                .expect(422)
                .has("role=\"alert\"", "since ");
        rig.api().patch("/v1/webhooks/" + webhook, "{'status': 'inactive'}");
        browser.get("/webhooks/" + webhook + "/replay").has("resume it first").hasNot("Send again");
        browser.post("/webhooks/" + webhook + "/replay", "since", "2026-01-01T00:00", "only", "all")
                .expect(409)
                .has("role=\"alert\"");
    }

    private String begin(String webhook, String since) {
        return browser.post(
                        "/webhooks/" + webhook + "/replay", "since", since, "only", "missing", "events", "call.failed")
                .expect(303)
                .header("location");
    }
}
