package dev.ringpost.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.cli.LiveServer;
import dev.ringpost.dashboard.Browser.Shown;
import dev.ringpost.running.Api;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in with a key, and what the browser keeps of it. */
class SignInTest {
    @RegisterExtension
    static final LiveDashboard rig = new LiveDashboard();

    @Test
    void whoIsNotSignedInIsAskedTo() {
        Shown asked = rig.stranger().get("/webhooks?status=active").expect(303);
        assertThat(asked.header("location")).isEqualTo("/signin?next=%2Fwebhooks%3Fstatus%3Dactive");
        rig.stranger().get(asked.header("location")).expect(200).has("value=\"/webhooks?status=active\"");
    }

    @Test
    void aPartOfAPageIsNeverReplacedByTheFormToSignIn() {
        Shown part =
                rig.stranger().get("/deliveries/newer", "hx-request", "true").expect(204);
        assertThat(part.header("hx-redirect")).isEqualTo("/signin?ended");
    }

    @Test
    void aKeySignsInAndLeadsToWhereOneWanted() {
        Browser browser = rig.stranger();
        Shown in = browser.post("/signin", "key", " " + LiveServer.KEY + " ", "next", "/deliveries")
                .expect(303);
        assertThat(in.header("location")).isEqualTo("/deliveries");
        browser.get("/deliveries").expect(200).has("Key of scope <b>operator</b>", ">default<");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "/\\evil.example", "https://evil.example", "evil", ""})
    void signingInLeadsToNoOtherSite(String next) {
        assertThat(rig.stranger()
                        .post("/signin", "key", LiveServer.KEY, "next", next)
                        .header("location"))
                .isEqualTo("/");
    }

    @Test
    void theCookieIsForThisServerAndItsPagesOnlyAndHasNoKey() {
        Browser browser = rig.stranger();
        String cookie = browser.post("/signin", "key", LiveServer.KEY).header("set-cookie");
        assertThat(cookie)
                .matches("ringpost_session=[\\w-]+; Path=/; Max-Age=43(200|199|198); HttpOnly; SameSite=Strict")
                .doesNotContain(LiveServer.KEY);
    }

    @Test
    void overTlsTheCookieIsSecure() {
        Browser browser = rig.stranger();
        List<String> headers = List.of("origin", "https://ringpost.example", "sec-fetch-site", "same-origin");
        assertThat(browser.postWith(headers, "/signin", "key", LiveServer.KEY).header("set-cookie"))
                .endsWith("; HttpOnly; SameSite=Strict; Secure");
    }

    @ParameterizedTest
    @CsvSource({"rp_sk_unknownunknownunknown,401,unknown or was revoked", "'',422,Paste an API key", "a b,422,Paste"})
    void aWrongKeyIsToldPlainly(String key, int status, String told) {
        Browser browser = rig.stranger();
        browser.post("/signin", "key", key).expect(status).has(told, "aria-invalid=\"true\"");
        assertThat(browser.cookie()).isNull();
    }

    @Test
    void aBrokenFormIsTheBrowsersFault() {
        rig.stranger().postRaw("/signin", "key=%zz").expect(400).has("percent-encoding");
    }

    @Test
    void aKeyOfASitesPagesDoesNotSignIn() {
        String key = rig.newKey(rig.newAccount("A site"), "web_calls");
        rig.stranger().post("/signin", "key", key).expect(403).has("A web_calls key");
    }

    @Test
    void aPortalLinkDoesNotSignIn() {
        String link = rig.api()
                .done("/v1/portal-links", "{'expires_in': 60}")
                .path("url")
                .asText();
        String token = link.substring(link.indexOf("rp_pl_"));
        rig.stranger().post("/signin", "key", token).expect(422).has("open the link itself");
    }

    @Test
    void aCookieThatWasChangedIsNone() {
        Browser browser = rig.operator();
        String cookie = String.valueOf(browser.cookie());
        char last = cookie.charAt(cookie.length() - 5);
        browser.setCookie(cookie.substring(0, cookie.length() - 5)
                + (last == 'A' ? 'B' : 'A')
                + cookie.substring(cookie.length() - 4));
        browser.get("/webhooks").expect(303);
    }

    @Test
    void signingOutForgetsTheSession() {
        Browser browser = rig.operator();
        assertThat(browser.post("/signout").expect(303).header("set-cookie")).contains("Max-Age=0");
        browser.get("/webhooks").expect(303);
    }

    @Test
    void aRevokedKeyEndsItsSession() {
        String account = rig.newAccount("Revoked");
        Browser browser = rig.signedIn(rig.newKey(account, "manage"));
        browser.get("/webhooks").expect(200);
        String keys = "/v1/accounts/" + account + "/keys";
        String id = Api.json(rig.api().get(keys)).at("/items/0/id").asText();
        Api.send(rig.api().request(keys + "/" + id).DELETE());
        Shown ended = browser.get("/webhooks").expect(303);
        assertThat(ended.header("location")).isEqualTo("/signin?ended");
        assertThat(ended.header("set-cookie")).contains("Max-Age=0");
    }

    @Test
    void anOperatorLooksAtAnotherAccount() {
        String account = rig.newAccount("Bakery");
        Browser browser = rig.operator();
        browser.get("/accounts").expect(200).has("Bakery", account);
        browser.post("/act-for", "account_id", account).expect(303);
        browser.get("/webhooks").expect(200).has(">Bakery<");
        browser.post("/act-for", "account_id", "acct_no").expect(404);
        browser.get("/webhooks").has(">Bakery<");
    }

    @Test
    void nobodyElseLooksAtAnotherAccount() {
        Browser browser = rig.signedIn(rig.newKey(rig.newAccount("Curious"), "full"));
        browser.get("/accounts").expect(403);
        browser.post("/act-for", "account_id", rig.newAccount("Neighbour")).expect(403);
    }
}
