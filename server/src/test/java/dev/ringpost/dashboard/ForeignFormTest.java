package dev.ringpost.dashboard;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A form that another site's page sends, with the browser's cookie, does nothing. */
class ForeignFormTest {
    @RegisterExtension
    static final LiveDashboard rig = new LiveDashboard();

    private final Browser browser = rig.operator();

    @Test
    void aFormOfAnotherOriginIsRefused() {
        refused(List.of("origin", "https://evil.example"));
        refused(List.of("origin", "null"));
        refused(List.of("origin", browser.origin() + ".evil.example"));
    }

    @Test
    void whatTheBrowserCallsCrossSiteIsRefused() {
        refused(List.of("sec-fetch-site", "cross-site", "origin", browser.origin()));
        refused(List.of("sec-fetch-site", "same-site", "origin", browser.origin()));
    }

    @Test
    void aFormThatTellsNoOriginIsRefused() {
        refused(List.of());
    }

    @Test
    void aFormOfOurOwnIsTaken() {
        String webhook = rig.webhook("/own", "");
        browser.postWith(List.of("sec-fetch-site", "same-origin"), "/webhooks/" + webhook + "/pause")
                .expect(303);
        browser.get("/webhooks/" + webhook).has("Paused");
    }

    private void refused(List<String> headers) {
        String webhook = rig.webhook("/foreign", "");
        browser.postWith(headers, "/webhooks/" + webhook + "/delete")
                .expect(403)
                .has("not sent by a page");
        browser.get("/webhooks/" + webhook).expect(200);
    }
}
