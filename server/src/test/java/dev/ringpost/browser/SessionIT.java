package dev.ringpost.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Signing in and out, and keys that begin and end sessions. */
@ExtendWith(StageResolver.class)
class SessionIT {
    @Test
    void aBadKeyIsToldPlainly(Stage stage) {
        try (Visitor visitor = stage.visitor(Look.DESK)) {
            visitor.open("/");
            visitor.page().getByLabel("API key").fill("rp_sk_wrong");
            visitor.button("Sign in").click();
            assertThat(visitor.page().getByText("This key is unknown or was revoked."))
                    .isVisible();
            assertThat(visitor.page().getByLabel("API key")).isFocused();
            assertThat(visitor.page().getByLabel("API key")).hasAttribute("aria-invalid", "true");
            assertThat(visitor.context().cookies()).isEmpty();
            visitor.assertNoFaults();
        }
    }

    @Test
    void theSessionIsOutOfReachOfScripts(Stage stage) {
        Stage.Account account = stage.account("Sealed");
        try (Visitor visitor = stage.visitor(Look.DESK).signIn(account.key())) {
            List<Cookie> cookies = visitor.context().cookies();
            assertThat(cookies).singleElement().satisfies(cookie -> {
                assertThat(cookie.httpOnly).isTrue();
                assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
                assertThat(cookie.value).doesNotContain(account.key());
            });
            assertThat(visitor.tell("document.cookie")).isEqualTo("");
            assertThat(visitor.page().content()).doesNotContain(account.key());
        }
    }

    @Test
    void whoSignedOutSeesNothingByGoingBack(Stage stage) {
        try (Visitor visitor =
                stage.visitor(Look.DESK).signIn(stage.account("Gone").key())) {
            visitor.open("/webhooks");
            visitor.button("Sign out").click();
            assertThat(visitor.heading("Sign in")).isVisible();
            assertThat(visitor.context().cookies()).isEmpty();
            visitor.page().goBack();
            assertThat(visitor.heading("Sign in")).isVisible();
            assertThat(visitor.heading("Webhooks")).isHidden();
            visitor.assertNoFaults();
        }
    }

    @Test
    void anOperatorMakesAKeyAndRevokesIt(Stage stage) {
        Stage.Account account = stage.account("Customer");
        try (Visitor operator = stage.visitor(Look.DESK).signIn(Stage.OPERATOR_KEY)) {
            Page page = operator.page();
            operator.open("/accounts");
            page.locator("tr", new Page.LocatorOptions().setHasText(account.id()))
                    .getByText("Choose")
                    .click();
            operator.open("/keys");
            page.getByLabel("Name").fill("For the app");
            page.getByLabel("Scope").selectOption("manage");
            operator.button("Make a key").click();
            String key = page.locator("#new-key").innerText();
            operator.open("/keys");
            assertThat(page.content()).doesNotContain(key);
            try (Visitor user = stage.visitor(Look.PHONE).signIn(key)) {
                user.open("/webhooks");
                assertThat(user.heading("No webhooks")).isVisible();
                revoke(operator, "For the app");
                user.link("Deliveries").click();
                assertThat(user.page().getByText("Your session has ended")).isVisible();
                user.assertNoFaults();
            }
            operator.assertNoFaults();
        }
    }

    private static void revoke(Visitor operator, String name) {
        Locator row = operator.page().locator("tr", new Page.LocatorOptions().setHasText(name));
        row.getByText("Revoke…").click();
        operator.button("Keep it").click();
        assertThat(row).isVisible();
        row.getByText("Revoke…").click();
        operator.button("Revoke").click();
        assertThat(row).hasCount(0);
    }

    /** What somebody chose stays on the next page, which comes in the right colours at once. */
    @Test
    void aThemeIsChosenAndKept(Stage stage) {
        try (Visitor visitor =
                stage.visitor(Look.DESK).signIn(stage.account("Dark").key())) {
            Locator root = visitor.page().locator("html");
            visitor.button("Switch between light and dark").click();
            assertThat(root).hasAttribute("data-theme", "dark");
            assertThat(visitor.open("/webhooks").text()).contains("data-theme=\"dark\"");
            visitor.assertNoFaults();
        }
    }
}
