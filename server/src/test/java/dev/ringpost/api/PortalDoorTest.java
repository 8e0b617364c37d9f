package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.store.ApiKey.Scope;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a portal link becomes a cookie, whose cookies count, and who may frame and style the pages. */
class PortalDoorTest {
    @RegisterExtension
    static final ApiRig rig = ApiRig.withPages(Set.of("https://crm.example", "https://app.example:8443"));

    @RegisterExtension
    static final ApiRig unframed = ApiRig.withPages(Set.of());

    private final ApiClient maker = rig.newAccount(Scope.FULL);
    private final String own = maker.post("/v1/webhooks", "{'url': 'https://a.example', 'events': ['call.started']}")
            .expect(201)
            .text("/id");

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
        PortalBrowser portal = PortalBrowser.open(maker, "{}");
        PortalBrowser second = PortalBrowser.open(maker, "{'access': 'manage'}");
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
        PortalBrowser portal = PortalBrowser.open(maker, "{}");
        String framed = "frame-ancestors https://app.example:8443 https://crm.example";
        assertThat(policy(portal.get("/webhooks"))).endsWith(framed);
        assertThat(policy(portal.get("/nothing"))).endsWith(framed);
        assertThat(policy(portal.http().get("/portal/rp_pl_nonsense"))).endsWith(framed);
        assertThat(policy(portal.http().get("/signin"))).endsWith("frame-ancestors 'none'");
        PortalBrowser other = PortalBrowser.open(unframed.newAccount(Scope.FULL), "{}");
        assertThat(policy(other.get("/webhooks"))).endsWith("frame-ancestors 'none'");
    }

    private static String policy(Answer page) {
        return page.header("content-security-policy");
    }

    @Test
    void theCookieFitsWhereTheBrowserCameFrom() throws IOException {
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

    private static String cookieOf(String token, String... headers) throws IOException {
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
        PortalBrowser plain = PortalBrowser.open(maker, "{}");
        assertThat(plain.get("/theme.css").expect(200).http().body()).isEmpty();
        assertThat(plain.get("/webhooks").expect(200).http().body())
                .contains("data-theme=\"\"", plain.base() + "/theme.css", "data-theme-switch");
        PortalBrowser portal = PortalBrowser.open(maker, "{'theme': {'accent': '#0F766E', 'background': '#101114'}}");
        Answer style = portal.get("/theme.css").expect(200);
        assertThat(style.header("content-type")).startsWith("text/css");
        assertThat(style.http().body()).contains("--bg: #101114;", "--accent: #0f766e;", "--on-accent: #ffffff;");
        assertThat(portal.get("/webhooks").expect(200).http().body())
                .contains("data-theme=\"dark\"")
                .doesNotContain("data-theme-switch", "style=", "<style");
    }
}
