package dev.ringpost.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.dashboard.Browser.Shown;
import dev.ringpost.running.Api;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The log, and one delivery from its failure to its success. */
class DeliveryPagesTest {
    private static final Pattern NEWER = Pattern.compile("hx-get=\"([^\"]+/newer[^\"]*)\"");
    private static final Pattern STATE = Pattern.compile("hx-get=\"([^\"]+/state[^\"]*)\"");

    @RegisterExtension
    static final LiveDashboard rig = new LiveDashboard();

    private final Browser browser = rig.operator();

    @Test
    void newRowsComeInFrontAndOnlyThey() {
        String webhook = rig.webhook("/log", "");
        String log = "/webhooks/" + webhook + "/deliveries";
        String first = rig.test(webhook);
        String look = link(NEWER, browser.get(log).expect(200).has(first));
        browser.get(look, "hx-request", "true").expect(204);
        String second = rig.test(webhook);
        Shown newer =
                browser.get(look, "hx-request", "true").expect(200).has(second).hasNot(first, "<html");
        browser.get(link(NEWER, newer)).expect(204);
    }

    @Test
    void rowsComeIntoAnEmptyLogToo() {
        String webhook = rig.webhook("/empty", "");
        String look =
                link(NEWER, browser.get("/webhooks/" + webhook + "/deliveries").has("No attempts"));
        browser.get(look).expect(204);
        String first = rig.test(webhook);
        browser.get(look).expect(200).has(first);
    }

    @Test
    void filtersStayFromPageToPage() {
        String webhook = rig.webhook("/many", "");
        for (int i = 0; i < 51; i++) {
            rig.test(webhook);
        }
        String path = "/webhooks/" + webhook + "/deliveries?status=succeeded&since=2020-01-01T00%3A00";
        Shown first = browser.get(path).expect(200).has("value=\"2020-01-01T00:00\"");
        String next = link(Pattern.compile("rel=\"next\" href=\"([^\"]+)\""), first);
        assertThat(next).contains("status=succeeded", "cursor=");
        browser.get(next).expect(200).has("Newest").hasNot("rel=\"next\"", "every 2s");
        browser.get("/webhooks/" + webhook + "/deliveries?status=failed").has("No attempts like that");
        browser.get("/deliveries?status=perhaps").expect(422).has("<code>/status</code>");
    }

    @Test
    void aDeliveryFailsIsRetriedAndShowsItsNextAttempt() {
        String webhook = rig.webhook("/503", ", 'retry_schedule': [3600]");
        rig.failedCall("retried");
        String delivery = delivery(webhook);
        Shown waiting = browser.get("/deliveries/" + delivery).expect(200);
        waiting.has("Attempt 1", "503", "Next attempt <time", "data-countdown", "\"failure_reason\" : \"busy\"");
        browser.get("/webhooks/" + webhook + "/waiting").expect(200).has(delivery, "its schedule");
        String state = link(STATE, waiting);
        browser.get(state).expect(204);
        browser.post("/deliveries/" + delivery + "/retry").expect(303);
        Awaitility.await()
                .untilAsserted(
                        () -> browser.get(state).expect(200).has("Attempt 2").hasNot("<html"));
    }

    @Test
    void whatIsHeldSaysByWhat() {
        String webhook = rig.webhook("/503", ", 'retry_schedule': [3600]");
        rig.failedCall("held");
        String page = "/deliveries/" + delivery(webhook);
        rig.api().patch("/v1/webhooks/" + webhook, "{'status': 'inactive'}");
        browser.get(page).expect(200).has("Held by", "the pause").hasNot("Next attempt");
    }

    @Test
    void whyNothingIsSentAgainIsTold() {
        String delivery = rig.test(rig.webhook("/tested", ""));
        browser.get("/deliveries/" + delivery).expect(200).has("No longer kept").hasNot("every 2s");
        browser.post("/deliveries/" + delivery + "/retry").expect(409).has("can't be sent again");
    }

    @Test
    void anotherAccountsDeliveryIsNotThere() {
        String delivery = rig.test(rig.webhook("/private", ""));
        Browser other = rig.signedIn(rig.newKey(rig.newAccount("Other"), "full"));
        other.get("/deliveries/" + delivery).expect(404);
        other.get("/deliveries/" + delivery + "/state").expect(404);
        other.post("/deliveries/" + delivery + "/retry").expect(404);
        other.get("/deliveries").expect(200).hasNot(delivery);
    }

    /** The first that the webhook's log has. */
    private static String delivery(String webhook) {
        JsonNode[] row = new JsonNode[1];
        Awaitility.await().until(() -> {
            row[0] = Api.json(rig.api().get("/v1/webhooks/" + webhook + "/deliveries"))
                    .at("/items/0/delivery_id");
            return !row[0].isMissingNode();
        });
        return row[0].asText();
    }

    private static String link(Pattern pattern, Shown page) {
        Matcher matcher = pattern.matcher(page.body());
        assertThat(matcher.find()).as(page.body()).isTrue();
        return matcher.group(1).replace("&amp;", "&");
    }
}
