package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.id.IdKind;
import dev.ringpost.store.ApiKey.Scope;
import java.time.Duration;
import java.util.ArrayDeque;
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
    static final ApiRig rig = ApiRig.withPages(Set.of());

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

    private PortalBrowser narrowed(String access) {
        return PortalBrowser.open(maker, "{'access': '" + access + "', 'webhook_scope': ['" + own + "']}");
    }

    @Test
    void noLinkOfAnyPageLeadsOutOfThePortal() {
        maker.post(
                        "/v1/reports",
                        "{'type': 'connected', 'external_id': 'c-1', 'call': {'agent_id': 'a', 'type': 'web'}}")
                .expect(200);
        Set<String> ofAll = crawl(PortalBrowser.open(maker, "{'access': 'manage'}"));
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
    private static Set<String> crawl(PortalBrowser portal) {
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
        PortalBrowser portal = narrowed("manage");
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
        PortalBrowser portal = PortalBrowser.open(maker, "{'access': 'manage'}");
        portal.get("/webhooks/" + theirs).expect(404);
        portal.submit("/webhooks/" + theirs + "/delete", "").expect(404);
        portal.get("/webhooks/" + other).expect(200);
    }

    @Test
    void whoMayManageDoes() {
        PortalBrowser portal = narrowed("manage");
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
        PortalBrowser portal = narrowed("read");
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
        PortalBrowser portal = PortalBrowser.open(maker, "{'access': 'manage'}");
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
        PortalBrowser ofKey = PortalBrowser.open(revoked, "{}");
        ofKey.get("/webhooks").expect(200);
        String account = rig.ids.format(IdKind.ACCOUNT, revoked.account());
        String keys = "/v1/accounts/" + account + "/keys";
        String key = rig.operator().get(keys).expect(200).text("/items/0/id");
        rig.operator().delete(keys + "/" + key).expect(204);
        assertThat(ofKey.get("/webhooks").expect(401).http().body()).contains("This link has ended");

        PortalBrowser brief = PortalBrowser.open(maker, "{'expires_in': 60}");
        PortalBrowser longer = PortalBrowser.open(maker, "{'expires_in': 600}");
        brief.get("/webhooks").expect(200);
        rig.later(Duration.ofSeconds(60));
        brief.get("/webhooks").expect(401);
        brief.get("/theme.css").expect(401);
        longer.get("/webhooks").expect(200);
    }

    @Test
    void textThatLooksLikeALinkStaysAsItIs() {
        String name = "a href=\\\"/evil\\\" href=/evil";
        String id = maker.post(
                        "/v1/webhooks",
                        "{\"url\": \"https://n.example\", \"events\": [\"call.started\"], \"name\": \"" + name + "\"}")
                .expect(201)
                .text("/id");
        assertThat(PortalBrowser.open(maker, "{}")
                        .get("/webhooks/" + id)
                        .expect(200)
                        .http()
                        .body())
                .contains("a href=\"/evil\" href=/evil</h1>");
    }
}
