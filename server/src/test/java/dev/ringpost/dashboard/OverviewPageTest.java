package dev.ringpost.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The first page, after traffic that is known. */
class OverviewPageTest {
    @RegisterExtension
    static final LiveDashboard rig = new LiveDashboard();

    private static final String ATTACK = "<script>alert(1)</script>";

    private static String failing = "";

    private final Browser browser = rig.operator();

    @BeforeAll
    static void traffic() {
        rig.webhook("/204", "");
        failing = rig.webhook("/500", ", 'name': '" + ATTACK + "', 'retry_schedule': [3600]");
        rig.failedCall("first");
        Browser browser = rig.operator();
        await().until(() -> browser.get("/").body().contains("/webhooks/" + failing));
        await().until(() -> browser.get("/").body().contains("<dd>50 %</dd>"));
    }

    @Test
    void itSaysHowEventsGetThrough() {
        browser.get("/")
                .expect(200)
                .has("<dt>Events</dt><dd>1</dd>", "<dd>50 %</dd>")
                .has("each minute", "&#34;failed&#34;:[0,", "The numbers as a table");
    }

    @Test
    void aFailingWebhookLeadsToItsFailedDeliveries() {
        browser.get("/")
                .has("/webhooks/" + failing + "/deliveries?status=failed", "HTTP 500", "&lt;script&gt;")
                .hasNot(ATTACK);
        browser.get("/webhooks/" + failing + "/deliveries?status=failed").expect(200);
        browser.get("/webhooks?failing=true").has("/webhooks/" + failing).hasNot("/204<");
    }

    @Test
    void whatHappenedInAMinuteIsAClickAway() {
        String page = browser.get("/").body();
        String link = page.substring(page.indexOf("/deliveries?since="));
        String path = link.substring(0, link.indexOf('"')).replace("&amp;", "&");
        browser.get(path).expect(200).has("call.failed");
    }

    @Test
    void theRangeIsChosen() {
        browser.get("/?range=24h").expect(200).has("each hour", "hx-get=\"/?range=24h\"");
        browser.get("/?range=30d").expect(200).has("each day", "<dt>Events</dt><dd>1</dd>");
        browser.get("/?range=nonsense").expect(200).has("each minute");
    }

    @Test
    void whoMayOnlyReportSeesCalls() {
        String account = rig.newAccount("reporting");
        Browser reporter = rig.signedIn(rig.newKey(account, "reports"));
        assertThat(reporter.get("/").expect(303).header("location")).isEqualTo("/calls");
        rig.signedIn(rig.newKey(account, "read")).get("/").expect(200).has("<dt>Events</dt><dd>0</dd>");
    }
}
