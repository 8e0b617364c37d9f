package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.id.IdKind;
import dev.ringpost.store.ApiKey.Scope;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pages behind a portal link: no more is seen or done there than the link allows. */
class PortalPagesTest {
    private static final Pattern LINK =
            Pattern.compile("\\s(?:href|src|action|formaction|hx-get|hx-post)=\"([^\"]*)\"");

    @RegisterExtension
    static final ApiRig rig = ApiRig.withPages(Set.of("https://crm.example", "https://app.example:8443"));

    @RegisterExtension
    static final ApiRig unframed = ApiRig.withPages(Set.of());

    private final ApiClient maker = rig.newAccount(Scope.FULL);
    private final String own = webhook("own.example");
    private final String other = webhook("other.example");

    private String webhook(String host) {
        String id = maker.post("/v1/webhooks", "{'url': 'https://" + host + "', 'events': ['call.started']}")
                .expect(201)
                .text("/id");
        maker.post("/v1/webhooks/" + id + "/test").expect(200);
        return id;
    }

    /** A browser that has opened a link. */
    private record Portal(ApiClient http, String base, String cookie) {
        static Portal open(ApiClient maker, String link) {
            Answer made = maker.post("/v1/portal-links", link).expect(201);
            ApiClient browser = new ApiClient(maker.port(), null, 0);
            Answer opened = browser.get("/portal/" + made.text("/token")).expect(303);
            String cookie = opened.header("set-cookie");
            String location = opened.header("location");
            assertThat(location).endsWith("/webhooks").doesNotContain("rp_pl_");
            return new Portal(browser, location.replace("/webhooks", ""), cookie.substring(0, cookie.indexOf(';')));
        }

        Answer get(String path) {
            return http.send("GET", base + path, BodyPublishers.noBody(), "cookie", cookie);
        }

        Answer post(String path, String form, String... headers) {
            List<String> all = new ArrayList<>(List.of("cookie", cookie));
            all.addAll(List.of(headers));
            return http.send("POST", base + path, BodyPublishers.ofString(form), all.toArray(String[]::new));
        }

        Answer submit(String path, String form) {
            return post(path, form, "sec-fetch-site", "same-origin");
        }
    }

    private Portal narrowed(String access) {
        return Portal.open(maker, "{'access': '" + access + "', 'webhook_scope': ['" + own + "']}");
    }

    @Test
    void noLinkOfAnyPageLeadsOutOfThePortal() {
        maker.post(
                        "/v1/reports",
                        "{'type': 'connected', 'external_id': 'c-1', 'call': {'agent_id': 'a', 'type': 'web'}}")
                .expect(200);
        Set<String> ofAll = crawl(Portal.open(maker, "{'access': 'manage'}"));
        assertThat(ofAll)
                .contains("/webhooks", "/webhooks/new", "/deliveries", "/calls", "/webhooks/" + other + "/edit")
                .anyMatch(path -> path.startsWith("/calls/call_"))
                .anyMatch(path -> path.startsWith("/deliveries/dlv_"));
        assertThat(crawl(narrowed("manage")))
                .contains("/webhooks/" + own + "/replay", "/webhooks/" + own + "/waiting", "/deliveries")
                .noneMatch(path -> path.contains(other) || path.startsWith("/calls") || path.endsWith("/new"));
        assertThat(crawl(narrowed("read")))
                .contains("/webhooks/" + own + "/deliveries")
                .noneMatch(path -> path.endsWith("/edit"));
    }

    /** The paths behind the base of all pages that can be reached. */
    private static Set<String> crawl(Portal portal) {
        Set<String> seen = new HashSet<>(Set.of("/"));
        Deque<String> open = new ArrayDeque<>(List.of("/webhooks"));
        while (!open.isEmpty()) {
            String path = open.remove();
            if (!seen.add(path)) {
                continue;
            }
            Answer page = portal.get(path).expect(200);
            Matcher links = LINK.matcher(page.http().body());
            while (links.find()) {
                String link = links.group(1).replace("&amp;", "&");
                assertThat(link).as("on " + path).matches("#.*|\\?.*|data:.*|/assets/.*|" + portal.base() + "/.*");
                boolean followed = links.group().contains(" href=") && link.startsWith(portal.base());
                if (followed && !link.contains("cursor=") && !link.endsWith(".css")) {
                    open.add(link.substring(portal.base().length()));
                }
            }
        }
        return seen;
    }

    @Test
    void otherWebhooksAndCallsAreNotThere() {
        Portal portal = narrowed("manage");
        assertThat(portal.get("/webhooks").expect(200).http().body())
                .contains("own.example")
                .doesNotContain("other.example", "/calls");
        assertThat(portal.get("/deliveries").expect(200).http().body())
                .contains(own)
                .doesNotContain(other);
        portal.get("/webhooks/" + other).expect(404);
        portal.get("/webhooks/" + other + "/deliveries").expect(404);
        portal.submit("/webhooks/" + other + "/pause", "").expect(404);
        portal.submit("/webhooks/" + other + "/secret", "").expect(404);
        portal.submit("/webhooks/" + other + "/delete", "").expect(404);
        portal.submit("/webhooks", "url=https%3A%2F%2Fnew.example&events=call.ended")
                .expect(403);
        portal.get("/calls").expect(403);
        portal.get("/keys").expect(404);
        portal.get("/accounts").expect(404);
        assertThat(maker.get("/v1/webhooks/" + other).expect(200).text("/status"))
                .isEqualTo("active");
    }

    @Test
    void anotherAccountIsNotThere() {
        ApiClient stranger = rig.newAccount(Scope.FULL);
        String theirs = stranger.post("/v1/webhooks", "{'url': 'https://t.example', 'events': ['call.started']}")
                .expect(201)
                .text("/id");
        Portal portal = Portal.open(maker, "{'access': 'manage'}");
        portal.get("/webhooks/" + theirs).expect(404);
        portal.submit("/webhooks/" + theirs + "/delete", "").expect(404);
        portal.get("/webhooks/" + other).expect(200);
    }

    @Test
    void whoMayManageDoes() {
        Portal portal = narrowed("manage");
        portal.submit("/webhooks/" + own + "/pause", "").expect(303);
        assertThat(maker.get("/v1/webhooks/" + own).expect(200).text("/status")).isEqualTo("inactive");
        Answer resumed = portal.submit("/webhooks/" + own + "/resume", "").expect(303);
        assertThat(resumed.header("location")).isEqualTo(portal.base() + "/webhooks/" + own);
        String secret = maker.get("/v1/webhooks/" + own + "/secret").expect(200).text("/secret");
        assertThat(portal.submit("/webhooks/" + own + "/secret", "")
                        .expect(200)
                        .http()
                        .body())
                .contains(secret);
    }

    @Test
    void whoMayReadChangesNothingAndSeesNoSecret() {
        Portal portal = narrowed("read");
        String page = portal.get("/webhooks/" + own).expect(200).http().body();
        assertThat(page).contains("own.example").doesNotContain("method=\"post\"");
        for (String action : List.of("pause", "delete", "test", "rotate-secret", "secret", "edit", "replay")) {
            Answer refused = portal.submit("/webhooks/" + own + "/" + action, "");
            assertThat(refused.status()).as(action).isIn(403, 422);
            assertThat(refused.http().body()).as(action).doesNotContain("whsec_");
        }
        assertThat(maker.get("/v1/webhooks/" + own).expect(200).text("/status")).isEqualTo("active");
    }

    @Test
    void aFormOfAnotherSiteDoesNothing() {
        Portal portal = Portal.open(maker, "{'access': 'manage'}");
        String path = "/webhooks/" + own + "/delete";
        portal.post(path, "").expect(403);
        portal.post(path, "", "sec-fetch-site", "cross-site").expect(403);
        portal.post(path, "", "sec-fetch-site", "same-site").expect(403);
        portal.post(path, "", "origin", "https://crm.example").expect(403);
        maker.get("/v1/webhooks/" + own).expect(200);
        portal.post(path, "", "origin", "http://127.0.0.1:" + rig.port).expect(303);
        maker.get("/v1/webhooks/" + own).expect(404);
    }

    @Test
    void itEndsInTimeAndWithItsKey() {
        ApiClient revoked = rig.newAccount(Scope.FULL);
        Portal ofKey = Portal.open(revoked, "{}");
        ofKey.get("/webhooks").expect(200);
        String account = rig.ids.format(IdKind.ACCOUNT, revoked.account());
        String keys = "/v1/accounts/" + account + "/keys";
        String key = rig.operator().get(keys).expect(200).text("/items/0/id");
        rig.operator().delete(keys + "/" + key).expect(204);
        assertThat(ofKey.get("/webhooks").expect(401).http().body()).contains("This link has ended");

        Portal brief = Portal.open(maker, "{'expires_in': 60}");
        Portal longer = Portal.open(maker, "{'expires_in': 600}");
        brief.get("/webhooks").expect(200);
        rig.later(Duration.ofSeconds(60));
        brief.get("/webhooks").expect(401);
        brief.get("/theme.css").expect(401);
        longer.get("/webhooks").expect(200);
    }

    @Test
    void aLinkThatIsNoneOpensNothing() {
        ApiClient browser = new ApiClient(rig.port, null, 0);
        assertThat(browser.get("/portal/rp_pl_nonsense").expect(401).header("set-cookie"))
                .isEmpty();
        browser.get("/portal/0123456789abcdef01234567/webhooks").expect(401);
        String hostile = browser.get("/portal/%22%3E%3Cscript%3E$1/webhooks")
                .expect(401)
                .http()
                .body();
        assertThat(hostile).doesNotContain("\"><script>$1");
        assertThat(browser.get("/portal/x%0D%0Aset-cookie:a=b").status()).isNotEqualTo(500);
    }

    @Test
    void cookiesOfOtherDoorsAndOtherLinksOpenNothing() {
        Portal portal = Portal.open(maker, "{}");
        Portal second = Portal.open(maker, "{'access': 'manage'}");
        assertThat(second.base()).isNotEqualTo(portal.base());
        ApiClient browser = portal.http();
        browser.send("GET", second.base() + "/webhooks", BodyPublishers.noBody(), "cookie", portal.cookie())
                .expect(401);
        Answer dashboard = browser.send("GET", "/webhooks", BodyPublishers.noBody(), "cookie", portal.cookie())
                .expect(303);
        assertThat(dashboard.header("location")).startsWith("/signin");

        Answer signedIn = browser.send(
                        "POST",
                        "/signin",
                        BodyPublishers.ofString("key=" + maker.key()),
                        "sec-fetch-site",
                        "same-origin")
                .expect(303);
        String session = signedIn.header("set-cookie");
        session = session.substring(0, session.indexOf(';'));
        browser.send("GET", "/webhooks", BodyPublishers.noBody(), "cookie", session)
                .expect(200);
        browser.send("GET", portal.base() + "/webhooks", BodyPublishers.noBody(), "cookie", session)
                .expect(401);
        // Both of a browser: each door takes its own.
        browser.send(
                        "POST",
                        portal.base() + "/webhooks/" + own + "/pause",
                        BodyPublishers.noBody(),
                        "cookie",
                        session + "; " + portal.cookie(),
                        "sec-fetch-site",
                        "same-origin")
                .expect(403);
    }

    @Test
    void onlyThePortalMayBeFramedAndOnlyByThoseNamed() {
        Portal portal = Portal.open(maker, "{}");
        String framed = "frame-ancestors https://app.example:8443 https://crm.example";
        assertThat(policy(portal.get("/webhooks"))).endsWith(framed);
        assertThat(policy(portal.get("/nothing"))).endsWith(framed);
        assertThat(policy(portal.http().get("/portal/rp_pl_nonsense"))).endsWith(framed);
        assertThat(policy(portal.http().get("/signin"))).endsWith("frame-ancestors 'none'");
        Portal other = Portal.open(unframed.newAccount(Scope.FULL), "{}");
        assertThat(policy(other.get("/webhooks"))).endsWith("frame-ancestors 'none'");
    }

    private static String policy(Answer page) {
        return page.header("content-security-policy");
    }

    @Test
    void theCookieFitsWhereTheBrowserCameFrom() throws Exception {
        Answer made = maker.post("/v1/portal-links", "{'expires_in': 600}").expect(201);
        String token = made.text("/token");
        String plain = cookieOf(token, "Host: hooks.example.com");
        assertThat(plain)
                .startsWith("ringpost_portal=" + token + "; Path=/portal/")
                .endsWith("; HttpOnly; SameSite=Lax");
        Matcher age = Pattern.compile("Max-Age=(\\d+)").matcher(plain);
        assertThat(age.find()).isTrue();
        assertThat(Integer.parseInt(age.group(1))).isBetween(540, 600);
        String here = cookieOf(token, "Host: localhost:" + rig.port, "Sec-Fetch-Site: cross-site");
        assertThat(here).endsWith("; HttpOnly; SameSite=Lax");
        String secure = cookieOf(token, "Host: hooks.example.com", "Sec-Fetch-Site: cross-site");
        assertThat(secure).endsWith("; HttpOnly; SameSite=None; Secure; Partitioned");
    }

    private static String cookieOf(String token, String... headers) throws Exception {
        String request = "GET /portal/" + token + " HTTP/1.1\r\n" + String.join("\r\n", headers)
                + "\r\nConnection: close\r\n\r\n";
        try (RawClient client = new RawClient(rig.port)) {
            String answer = client.send(request).response();
            Matcher cookie = Pattern.compile("(?im)^set-cookie: (.*?)\r?$").matcher(answer);
            assertThat(cookie.find()).as(answer).isTrue();
            return cookie.group(1);
        }
    }

    @Test
    void itsThemeIsAStyleSheetOfItsOwn() {
        Portal plain = Portal.open(maker, "{}");
        assertThat(plain.get("/theme.css").expect(200).http().body()).isEmpty();
        assertThat(plain.get("/webhooks").expect(200).http().body())
                .contains("data-theme=\"\"", plain.base() + "/theme.css", "data-theme-switch");
        Portal portal = Portal.open(maker, "{'theme': {'accent': '#0F766E', 'background': '#101114'}}");
        Answer style = portal.get("/theme.css").expect(200);
        assertThat(style.header("content-type")).startsWith("text/css");
        assertThat(style.http().body()).contains("--bg: #101114;", "--accent: #0f766e;", "--on-accent: #ffffff;");
        assertThat(portal.get("/webhooks").expect(200).http().body())
                .contains("data-theme=\"dark\"")
                .doesNotContain("data-theme-switch", "style=", "<style");
    }

    @Test
    void textThatLooksLikeALinkStaysAsItIs() {
        String name = "a href=\\\"/evil\\\" href=/evil";
        String id = maker.post(
                        "/v1/webhooks",
                        "{\"url\": \"https://n.example\", \"events\": [\"call.started\"], \"name\": \"" + name + "\"}")
                .expect(201)
                .text("/id");
        assertThat(Portal.open(maker, "{}")
                        .get("/webhooks/" + id)
                        .expect(200)
                        .http()
                        .body())
                .contains("a href=\"/evil\" href=/evil</h1>");
    }
}
