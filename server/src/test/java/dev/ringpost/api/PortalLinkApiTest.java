package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.id.IdKind;
import dev.ringpost.store.ApiKey.Scope;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How portal links are made, and how they end. */
class PortalLinkApiTest {
    private static final String LINKS = "/v1/portal-links";

    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    @RegisterExtension
    static final ApiRig elsewhere = new ApiRig(at(new ApiSettings.Portal(true, "https://hooks.example.com")));

    @RegisterExtension
    static final ApiRig withoutPages = new ApiRig(at(new ApiSettings.Portal(false, null)));

    private final ApiClient maker = rig.newAccount(Scope.FULL);

    private static ApiSettings at(ApiSettings.Portal portal) {
        ApiSettings standard = ApiSettings.defaults();
        return new ApiSettings(
                standard.maxWebhooks(), standard.retention(), standard.corsOrigins(), standard.eventLoops(), portal);
    }

    @Test
    void withoutABodyItReadsTheAccountForAnHour() {
        Answer link = maker.post(LINKS).expect(201);
        assertThat(link.text("/url")).isEqualTo("http://127.0.0.1:" + rig.port + "/portal/" + link.text("/token"));
        assertThat(link.text("/token")).startsWith("rp_pl_");
        assertThat(link.text("/access")).isEqualTo("read");
        assertThat(link.json().get("webhook_scope").isNull()).isTrue();
        assertThat(link.text("/account_id")).isEqualTo(rig.ids.format(IdKind.ACCOUNT, maker.account()));
        assertThat(link.text("/theme/accent")).isEqualTo("null");
        assertThat(link.header("location")).isEmpty();
        assertThat(untilOf(link)).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    }

    private Duration untilOf(Answer link) {
        return Duration.between(rig.now(), Instant.parse(link.text("/expires_at")));
    }

    @Test
    void whatItIsAskedForIsInIt() {
        String webhook = webhookOf(maker);
        Answer link = maker.post(
                        LINKS,
                        "{'access': 'manage', 'expires_in': 60, 'webhook_scope': ['" + webhook
                                + "'], 'theme': {'accent': '#0F766E', 'background': '#101114'}}")
                .expect(201);
        assertThat(link.text("/access")).isEqualTo("manage");
        assertThat(link.text("/webhook_scope/0")).isEqualTo(webhook);
        assertThat(link.json().get("theme"))
                .hasToString("{\"mode\":\"dark\",\"accent\":\"#0f766e\",\"background\":\"#101114\"}");
        Answer own = new ApiClient(rig.port, link.text("/token"), maker.account())
                .get("/v1/key")
                .expect(200);
        assertThat(own.text("/scope")).isEqualTo("manage");
        assertThat(own.text("/account_id")).isEqualTo(link.text("/account_id"));
        assertThat(own.json().get("id").isNull()).isTrue();
        for (String field : new String[] {"webhook_scope", "expires_at", "theme"}) {
            assertThat(own.json().at("/portal_link/" + field))
                    .isEqualTo(link.json().get(field));
        }
    }

    private static String webhookOf(ApiClient client) {
        return client.post("/v1/webhooks", "{'url': 'https://a.example', 'events': ['call.started']}")
                .expect(201)
                .text("/id");
    }

    @Test
    void itLeadsToWhereBrowsersReachTheServer() {
        Answer link = elsewhere.newAccount(Scope.FULL).post(LINKS).expect(201);
        assertThat(link.text("/url")).isEqualTo("https://hooks.example.com/portal/" + link.text("/token"));
        assertThat(withoutPages
                        .operator()
                        .post(LINKS)
                        .expect(201)
                        .json()
                        .get("url")
                        .isNull())
                .isTrue();
    }

    @Test
    void everyFaultIsFoundAtOnce() {
        String others = webhookOf(rig.newAccount(Scope.FULL));
        Answer refused = maker.post(
                        LINKS,
                        "{'webhook_scope': ['" + others
                                + "', 'wh_nonsense'], 'expires_in': 59, 'access': 'full', 'more': 1,"
                                + " 'theme': {'mode': 'blue', 'accent': 'red;}', 'background': '#888888', 'font': 'x'}}")
                .expect(422);
        assertThat(refused.faults())
                .containsOnlyKeys(
                        "/webhook_scope/0",
                        "/webhook_scope/1",
                        "/expires_in",
                        "/access",
                        "/theme/mode",
                        "/theme/accent",
                        "/theme/background",
                        "/theme/font",
                        "/more");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'webhook_scope': []} | /webhook_scope",
                "{'webhook_scope': 'wh_x'} | /webhook_scope",
                "{'expires_in': 2592001} | /expires_in",
                "{'theme': 'dark'} | /theme",
                "{'theme': {'accent': '#12345'}} | /theme/accent",
                "{'theme': {'mode': 'dark', 'background': '#ffffff'}} | /theme/mode"
            })
    void whatIsNoLinkIsRefused(String body, String pointer) {
        assertThat(maker.post(LINKS, body).expect(422).faults()).containsOnlyKeys(pointer);
    }

    @Test
    void anOperatorMakesItForAnAccount() {
        ApiClient customer = rig.newAccount(Scope.READ);
        String account = rig.ids.format(IdKind.ACCOUNT, customer.account());
        Answer link = rig.operator()
                .send("POST", LINKS, BodyPublishers.noBody(), "ringpost-account", account)
                .expect(201);
        ApiClient opened = new ApiClient(rig.port, link.text("/token"), customer.account());
        assertThat(opened.get("/v1/key").expect(200).text("/account_id")).isEqualTo(account);
        opened.send("GET", "/v1/webhooks", BodyPublishers.noBody(), "ringpost-account", account)
                .expect(200);
        String other = rig.ids.format(IdKind.ACCOUNT, maker.account());
        assertThat(opened.send("GET", "/v1/webhooks", BodyPublishers.noBody(), "ringpost-account", other)
                        .expect(403)
                        .problem())
                .isEqualTo("scope");

        rig.operator().delete("/v1/accounts/" + account).expect(204);
        opened.get("/v1/key").expect(401);
    }

    @Test
    void itEndsInTime() {
        ApiClient link = rig.portalLink(maker, "{'expires_in': 60}");
        ApiClient longer = rig.portalLink(maker, "{'expires_in': 120}");
        link.get("/v1/webhooks").expect(200);
        rig.later(Duration.ofSeconds(60));
        Answer ended = link.get("/v1/webhooks").expect(401);
        assertThat(ended.header("www-authenticate")).startsWith("Bearer");
        longer.get("/v1/webhooks").expect(200);
    }

    @Test
    void itEndsWithTheKeyThatMadeIt() {
        ApiClient other = rig.client(maker.account(), Scope.FULL, Set.of());
        String account = rig.ids.format(IdKind.ACCOUNT, maker.account());
        String key = rig.operator()
                .get("/v1/accounts/" + account + "/keys")
                .expect(200)
                .text("/items/0/id");
        ApiClient link = rig.portalLink(other, "{}");
        ApiClient ofFirst = rig.portalLink(maker, "{}");
        link.get("/v1/webhooks").expect(200);
        rig.operator().delete("/v1/accounts/" + account + "/keys/" + key).expect(204);
        link.get("/v1/webhooks").expect(401);
        ofFirst.get("/v1/webhooks").expect(200);
    }

    @Test
    void whoeverChangesATokenHasNone() {
        String token = maker.post(LINKS).expect(201).text("/token");
        for (int i = 6; i < token.length() - 1; i += 7) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, i) + other + token.substring(i + 1);
            new ApiClient(rig.port, changed, maker.account()).get("/v1/key").expect(401);
        }
        new ApiClient(rig.port, "rp_pl_", maker.account()).get("/v1/key").expect(401);
        new ApiClient(rig.port, "rp_pl_" + "A".repeat(4000), maker.account())
                .get("/v1/key")
                .expect(401);
    }

    @Test
    void askedForAgainItIsTheSame() {
        Answer first = maker.send("POST", LINKS, BodyPublishers.ofString("{}"), "idempotency-key", "visit-1")
                .expect(201);
        Answer again = maker.send("POST", LINKS, BodyPublishers.ofString("{}"), "idempotency-key", "visit-1")
                .expect(201);
        assertThat(again.text("/token")).isEqualTo(first.text("/token"));
    }

    @Test
    void asManyWebhooksAsCanBeNamedFitInALink() {
        ApiClient owner = rig.newAccount(Scope.FULL);
        String ids = java.util.stream.IntStream.range(0, 50)
                .mapToObj(i -> "'" + webhookOf(owner) + "'")
                .collect(java.util.stream.Collectors.joining(","));
        ApiClient link = rig.portalLink(owner, "{'webhook_scope': [" + ids + "]}");
        assertThat(link.get("/v1/webhooks").expect(200).text("/total")).isEqualTo("50");
        link.get("/v1/deliveries").expect(200);
    }
}
