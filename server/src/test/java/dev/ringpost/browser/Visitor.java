package dev.ringpost.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody with a browser of their own, and what they are looking at. Notes whatever a page must not do: errors and
 * violations of the Content-Security-Policy on the console, dialogs of a script, requests to another origin.
 */
final class Visitor implements AutoCloseable {
    private static final double PATIENCE_MILLIS = 20_000;
    /** Chromium itself logs the answer to a request that was refused, such as a key that is unknown. */
    private static final Pattern REFUSED = Pattern.compile("Failed to load resource: .* status of 4\\d\\d .*");

    /** What makes the page wider than the window; nothing where it is not. */
    private static final String TOO_WIDE = """
            (() => {
              const { scrollWidth, clientWidth } = document.documentElement;
              return scrollWidth <= clientWidth ? [] : [...document.querySelectorAll("body *")]
                .filter((each) => each.getBoundingClientRect().right > clientWidth + 1)
                .map((each) => each.outerHTML.slice(0, 120));
            })()""";

    private final List<String> origins = new ArrayList<>();
    private final BrowserContext context;
    private final Page page;
    private final List<String> faults = new ArrayList<>();

    Visitor(Browser browser, URI server, Look look) {
        origins.add(server.toString());
        this.context = browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(server.toString())
                .setViewportSize(look.width(), look.height())
                .setColorScheme(look.scheme())
                .setLocale("en-GB"));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        context.onConsoleMessage(this::noteMessage);
        context.onWebError(error -> faults.add("error: " + error.error()));
        context.onDialog(dialog -> {
            faults.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        context.onRequest(request -> noteRequest(request.url()));
        this.page = context.newPage();
    }

    private void noteMessage(ConsoleMessage message) {
        boolean bad = message.type().equals("error") || message.type().equals("warning");
        if (bad && !REFUSED.matcher(message.text()).matches()) {
            faults.add("console: " + message.text() + " at " + message.location());
        }
    }

    private void noteRequest(String url) {
        boolean own = origins.stream().anyMatch(url::startsWith) || url.startsWith("data:");
        if (!own || url.endsWith("/struck")) {
            faults.add("request: " + url);
        }
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    /** Opens a page of another site, which so is none that may not be asked. */
    Page open(Site site, String framed) {
        origins.add(site.url().toString());
        page.navigate(site.url() + "/?" + framed);
        return page;
    }

    Response open(String path) {
        return Objects.requireNonNull(page.navigate(path));
    }

    /** Signs in as a person does; leads to the first page. */
    Visitor signIn(String key) {
        open("/signin");
        page.getByLabel("API key").fill(key);
        button("Sign in").click();
        assertThat(page.locator("header")).isVisible();
        return this;
    }

    Locator button(String name) {
        return byRole(AriaRole.BUTTON, name);
    }

    Locator link(String name) {
        return byRole(AriaRole.LINK, name);
    }

    Locator heading(String name) {
        return byRole(AriaRole.HEADING, name);
    }

    private Locator byRole(AriaRole role, String name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** The path of the page that is open, without its query. */
    String path() {
        return URI.create(page.url()).getPath();
    }

    /** Changes how the open page is looked at; it is not loaded anew. */
    void look(Look look) {
        page.setViewportSize(look.width(), look.height());
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(look.scheme()));
    }

    /** Evaluates an expression in the page. */
    @Nullable
    Object tell(String expression) {
        return page.evaluate(expression);
    }

    /** Nothing was noted that a page must not do, since this was asked last. */
    void assertNoFaults() {
        List<String> noted = List.copyOf(faults);
        faults.clear();
        assertThat(noted).isEmpty();
    }

    /** The page is no wider than the window, once it has settled. */
    void assertFits() {
        await().pollInSameThread()
                .untilAsserted(() -> assertThat(tell(TOO_WIDE)).as(page.url()).isEqualTo(List.of()));
    }

    @Override
    public void close() {
        context.close();
    }
}
