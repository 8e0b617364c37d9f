package dev.ringpost.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.ringpost.running.Api;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From a key to a repaired delivery: everything a person does on the way, without a mouse, and the pages tell it live. */
@ExtendWith(StageResolver.class)
class JourneyIT {
    private static final Pattern COUNTDOWN = Pattern.compile("in \\d+m \\d+s");

    @Test
    void createTestFailRetrySucceed(Stage stage) {
        Stage.Account account = stage.account("Journey");
        try (Hook hook = new Hook();
                Visitor visitor = stage.visitor(Look.DESK)) {
            Keyboard keyboard = new Keyboard(visitor.page());
            signIn(visitor, keyboard, account.key());
            createWebhook(visitor, keyboard, hook.url("/hook"));
            testIt(visitor, keyboard, hook);
            seeItFailLive(visitor, keyboard, hook, account.api());
            seeTheNextAttempt(visitor, keyboard);
            retry(visitor, keyboard, hook);
            visitor.assertNoFaults();
        }
    }

    private static void signIn(Visitor visitor, Keyboard keyboard, String key) {
        visitor.open("/webhooks");
        assertThat(visitor.path()).isEqualTo("/signin");
        assertThat(visitor.page().getByLabel("API key")).isFocused();
        keyboard.write(key).press("Enter");
        assertThat(visitor.heading("Webhooks")).isVisible();
        keyboard.press("Tab");
        assertThat(visitor.link("Skip to content")).isFocused();
        assertThat(visitor.link("Skip to content")).isInViewport();
        keyboard.press("Enter");
        assertThat(visitor.page().locator("main")).isFocused();
    }

    private static void createWebhook(Visitor visitor, Keyboard keyboard, String url) {
        Page page = visitor.page();
        keyboard.reach(visitor.link("Make the first one")).press("Enter");
        keyboard.reach(page.getByLabel("URL")).write(url);
        keyboard.reach(page.getByLabel("Name")).write("Booking");
        keyboard.reach(page.getByLabel("call.started")).press("Space");
        keyboard.reach(page.locator("summary", new Page.LocatorOptions().setHasText("Delivery")))
                .press("Enter");
        keyboard.reach(page.getByLabel("Retries after")).write("30m");
        keyboard.reach(visitor.button("Create webhook")).press("Enter");
        assertThat(visitor.heading("Booking")).isVisible();
        assertThat(page.getByText("Created.")).isVisible();
    }

    private static void testIt(Visitor visitor, Keyboard keyboard, Hook hook) {
        Locator tested = visitor.page().locator("#tested");
        hook.answer(200, "all is well");
        keyboard.reach(visitor.button("Send test")).press("Enter");
        assertThat(tested).containsText("succeeded");
        assertThat(tested).containsText("all is well");
        hook.answer(500, "out of order");
        keyboard.reach(visitor.button("Send test")).press("Enter");
        assertThat(tested).containsText("failed");
        assertThat(tested).containsText("out of order");
        assertThat(hook.received()).hasSize(2);
    }

    private static void seeItFailLive(Visitor visitor, Keyboard keyboard, Hook hook, Api api) {
        Page page = visitor.page();
        keyboard.reach(visitor.link("Deliveries").last()).press("Enter");
        assertThat(page.locator(".live")).isVisible();
        Locator rows = page.locator("tbody tr");
        assertThat(rows).hasCount(2);
        page.evaluate("window.notReloaded = true");
        api.done("/v1/reports", Json.text(Calls.report("journey", Json.map("type", "connected"))));
        assertThat(rows).hasCount(3);
        assertThat(rows.first()).containsText("failed");
        assertThat(rows.first().getByText(COUNTDOWN)).isVisible();
        assertThat(page.evaluate("window.notReloaded")).isEqualTo(true);
        assertThat(hook.received()).hasSize(3);
    }

    private static void seeTheNextAttempt(Visitor visitor, Keyboard keyboard) {
        Page page = visitor.page();
        keyboard.reach(page.locator("tbody tr a").first()).press("Enter");
        assertThat(visitor.heading("call.started")).isVisible();
        assertThat(page.locator("#state")).containsText("out of order");
        Locator next = page.locator(".state time");
        assertThat(next).hasText(COUNTDOWN);
        String before = next.innerText();
        assertThat(next).not().hasText(before);
    }

    private static void retry(Visitor visitor, Keyboard keyboard, Hook hook) {
        Page page = visitor.page();
        hook.answer(200, "repaired");
        keyboard.reach(visitor.button("Retry now")).press("Enter");
        Locator state = page.locator("#state");
        assertThat(state).containsText("succeeded");
        assertThat(state).containsText("Attempt 2");
        assertThat(state.locator("time[data-countdown]")).hasCount(0);
        assertThat(hook.received()).hasSize(4);
        assertThat(hook.received().getLast().event())
                .isEqualTo(hook.received().get(2).event());
    }
}
