package dev.ringpost.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One call, from the list to its end. */
@ExtendWith(StageResolver.class)
class CallPageIT {
    @Test
    void aCallIsATimelineWithWhatWasSaidAndFound(Stage stage) {
        Stage.Account account = stage.account("Caller");
        try (Hook hook = new Hook();
                Visitor visitor = stage.visitor(Look.DESK).signIn(account.key())) {
            account.api()
                    .done(
                            "/v1/webhooks",
                            Json.object("url", hook.url("/hook"), "events", List.of("call.started", "call.analyzed")));
            Calls.conversation(account.api(), "order-1");
            await().until(() -> hook.received().size() == 2);
            visitor.open("/calls");
            visitor.link("order-1").click();
            Page page = visitor.page();
            Locator timeline = page.locator(".timeline");
            assertThat(timeline).containsText("caller_hung_up");
            assertThat(timeline.locator(".fired")).hasCount(6);
            page.reload();
            assertThat(timeline.locator(".delivered")).hasCount(2);
            assertThat(page.locator(".conversation .agent p").first())
                    .hasText("Bella Vista, good evening. How can I help you?");
            assertThat(page.locator(".conversation .caller p").last()).containsText("O'Neill");
            assertThat(page.getByLabel("Analysis", new Page.GetByLabelOptions().setExact(true))
                            .last())
                    .containsText("positive");
            timeline.locator(".fired summary").first().click();
            assertThat(timeline.locator(".fired pre").first()).containsText("\"restaurant\"");
            timeline.locator(".delivered a").first().click();
            assertThat(visitor.path()).startsWith("/deliveries/dlv_");
            visitor.assertNoFaults();
        }
    }
}
