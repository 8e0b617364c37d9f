package dev.ringpost.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.dashboard.Browser.Shown;
import dev.ringpost.dashboard.page.Page;
import dev.ringpost.secret.MasterKey;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What holds for every page: its headers, and that nothing in it can run or style but our own files. */
class PageSafetyTest {
    private static final String ATTACK = "<script>alert(1)</script>\\\"><img src=x onerror=alert(2)>";
    private static final Set<String> LINKS = Set.of("href", "src", "action", "formaction", "hx-get", "hx-post");

    @RegisterExtension
    static final LiveDashboard rig = new LiveDashboard();

    @Test
    void everyPageIsSafeWhateverStandsInIt() {
        String webhook = rig.webhook("/500", ", 'name': \"" + ATTACK + "\", 'retry_schedule': [600]");
        String call = rig.failedCall(ATTACK);
        String delivery = rig.test(webhook);
        String replay = rig.api()
                .done("/v1/webhooks/" + webhook + "/replay", "{'since': '2026-01-01T00:00:00Z', 'only': 'all'}")
                .path("id")
                .asText();
        Browser browser = rig.operator();
        Awaitility.await().until(() -> browser.get("/deliveries").body().contains("call.failed"));
        Map<String, String> ids = Map.of("webhooks", webhook, "calls", call, "deliveries", delivery, "replays", replay);
        List<String> paths = paths(ids);
        assertThat(paths).contains("/", "/webhooks/" + webhook, "/deliveries/" + delivery, "/calls/" + call);
        paths.forEach(path -> safe(browser.get(path).expect(200), path));
        safe(browser.post("/webhooks", "url", ATTACK, "name", ATTACK, "headers", ATTACK), "form");
        safe(browser.post("/webhooks/" + webhook + "/test").expect(200), "test");
        safe(browser.get("/webhooks/wh_none").expect(404), "not found");
        safe(browser.get("/nothing/here").expect(404), "nothing");
        safe(rig.stranger().get("/signin?next=/" + "%22%3E%3Cscript%3E").expect(200), "sign in");
    }

    /** Those of all pages, with these ids in them. */
    private static List<String> paths(Map<String, String> ids) {
        Vertx vertx = Vertx.vertx();
        try (Dashboard dashboard =
                new Dashboard(vertx, new MasterKey(new byte[32]).sealedTokens(), InstantSource.system(), Set.of())) {
            return dashboard.pages().stream()
                    .filter(page -> page.method().equals(HttpMethod.GET))
                    .map(Page::path)
                    .map(path -> path.replace(":id", ids.getOrDefault(path.split("/", -1)[1], "")))
                    .toList();
        } finally {
            vertx.close().await();
        }
    }

    private static void safe(Shown page, String what) {
        assertThat(page.header("content-security-policy"))
                .as(what)
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.header("cache-control")).as(what).isEqualTo("no-store");
        assertThat(page.header("x-content-type-options")).as(what).isEqualTo("nosniff");
        assertThat(page.header("referrer-policy")).as(what).isEqualTo("same-origin");
        assertThat(page.header("cross-origin-opener-policy")).as(what).isEqualTo("same-origin");
        Document document = Jsoup.parse(page.body());
        assertThat(document.select("style, img, iframe, object, embed, script:not([src^=/assets/])"))
                .as(what)
                .isEmpty();
        for (Element element : document.getAllElements()) {
            for (Attribute attribute : element.attributes()) {
                assertThat(attribute.getKey()).as(what + ": " + element).doesNotMatch("on.*|style|hx-on.*");
                if (LINKS.contains(attribute.getKey())) {
                    assertThat(attribute.getValue()).as(what).matches("(?s)(/(?!/)|#).*");
                }
            }
        }
    }

    @Test
    void programsGetProblemDocumentsAsBefore() {
        assertThat(rig.api().get("/nothing/here").headers().firstValue("content-type"))
                .hasValue("application/problem+json");
        assertThat(rig.operator().get("/v1/nothing").header("content-type")).isEqualTo("application/problem+json");
    }
}
