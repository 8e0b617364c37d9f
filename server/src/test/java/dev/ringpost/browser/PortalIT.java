package dev.ringpost.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.ringpost.running.Api;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The customer portal: framed where it may be, and no more seen or done in it than its link allows. */
@ExtendWith(StageResolver.class)
class PortalIT {
    private final Hook hook = new Hook();
    private Api api;
    private Visitor visitor;
    private String own;
    private String other;

    @BeforeEach
    void begin(Stage stage) {
        api = stage.account("Portal").api();
        own = webhook("Own");
        other = webhook("Other");
        visitor = stage.visitor(Look.DESK);
    }

    @AfterEach
    void close() {
        visitor.close();
        hook.close();
    }

    private String webhook(String name) {
        return api.done(
                        "/v1/webhooks",
                        Json.object("name", name, "url", hook.url("/hook"), "events", List.of("call.ended")))
                .path("id")
                .asText();
    }

    /** The address of a new link. */
    private String link(Map<String, Object> options) {
        return api.done("/v1/portal-links", Json.text(options)).path("url").asText();
    }

    @Test
    void worksInAFrameOfTheSiteThatMayShowIt(Stage stage) {
        Page page = visitor.open(
                stage.platform(),
                link(Json.map("access", "manage", "theme", Json.map("accent", "#0f766e", "mode", "light"))));
        FrameLocator frame = page.frameLocator("iframe");
        assertThat(frame.locator("h1")).hasText("Webhooks");
        assertThat(frame.locator(".primary")).hasCSS("background-color", "rgb(15, 118, 110)");
        frame.getByText("Own").click();
        assertThat(frame.locator("h1")).hasText("Own");
        button(frame, "Send test").click();
        assertThat(frame.locator("#tested")).containsText("succeeded");
        button(frame, "Pause").click();
        assertThat(button(frame, "Resume")).isVisible();
        assertThat(status(own)).isEqualTo("inactive");
        assertThat(hook.received()).hasSize(1);
        visitor.assertNoFaults();
    }

    private static Locator button(FrameLocator frame, String name) {
        return frame.getByRole(AriaRole.BUTTON, new FrameLocator.GetByRoleOptions().setName(name));
    }

    @Test
    void isRefusedInAFrameOfAnyOtherSite() {
        try (Site elsewhere = new Site()) {
            Page page = visitor.open(elsewhere, link(Json.map("access", "manage")));
            assertThat(page.frameLocator("iframe").locator("h1")).not().hasText("Webhooks");
            assertThat(page.frames().getLast().url()).startsWith("chrome-error:");
        }
    }

    /** Who may frame the portal may not frame the pages of who signed in with a key. */
    @Test
    void theDashboardIsRefusedInEveryFrame(Stage stage) {
        Page page = visitor.open(stage.platform(), stage.url() + "/signin");
        assertThat(page.frameLocator("iframe").locator("h1")).not().hasText("Sign in");
        assertThat(page.frames().getLast().url()).startsWith("chrome-error:");
    }

    @Test
    void showsAndDoesNoMoreThanItsLinkAllows() {
        String link = link(Json.map("access", "read", "webhook_scope", List.of(own)));
        visitor.open(link);
        String base = visitor.path().replaceFirst("/webhooks$", "");
        assertThat(visitor.page().locator("tbody tr")).hasCount(1);
        assertThat(visitor.link("New webhook")).hasCount(0);
        for (String hidden : List.of("Overview", "Calls", "Sources", "Keys")) {
            assertThat(visitor.link(hidden)).hasCount(0);
        }
        visitor.link("Own").click();
        for (String change : List.of("Pause", "Send test", "Show", "Rotate the secret", "Delete…")) {
            assertThat(visitor.button(change)).hasCount(0);
        }
        assertThat(visitor.open(base + "/webhooks/" + other).status()).isEqualTo(404);
        assertThat(visitor.open(base + "/webhooks/" + own).status()).isEqualTo(200);
        for (String change : List.of("pause", "edit", "test", "secret", "rotate-secret", "delete")) {
            String path = base + "/webhooks/" + own + "/" + change;
            assertThat(visitor.tell("fetch('" + path + "', {method: 'POST'}).then((answer) => answer.status)"))
                    .as(change)
                    .isEqualTo(403);
        }
        assertThat(status(own)).isEqualTo("active");
        assertThat(hook.received()).isEmpty();
        visitor.open("/webhooks");
        assertThat(visitor.heading("Sign in")).isVisible();
        visitor.assertNoFaults();
    }

    @Test
    void keepsItsLinkFromScriptsAndAddresses() {
        String link = link(Json.map("access", "manage"));
        visitor.open(link);
        String token = link.substring(link.lastIndexOf('/') + 1);
        assertThat(visitor.page().url()).doesNotContain(token);
        assertThat(visitor.page().content()).doesNotContain(token);
        assertThat(visitor.tell("document.cookie")).isEqualTo("");
        assertThat(visitor.context().cookies())
                .singleElement()
                .satisfies(cookie -> assertThat(cookie.httpOnly).isTrue());
    }

    @Test
    void isAsAccessibleAsTheDashboard() {
        visitor.open(link(Json.map("access", "manage", "theme", Json.map("accent", "#eab308"))));
        assertShowsWell();
        visitor.link("Own").click();
        assertThat(visitor.heading("Own")).isVisible();
        assertShowsWell();
        visitor.assertNoFaults();
    }

    private void assertShowsWell() {
        for (Look look : List.of(Look.DESK, Look.DESK_DARK, Look.PHONE)) {
            visitor.look(look);
            visitor.assertFits();
            assertThat(Axe.faults(visitor.page())).as(look.toString()).isEmpty();
        }
        visitor.look(Look.DESK);
    }

    private String status(String webhook) {
        return Api.json(api.get("/v1/webhooks/" + webhook)).path("status").asText();
    }
}
