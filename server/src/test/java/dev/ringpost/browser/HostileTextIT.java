package dev.ringpost.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.ringpost.running.Api;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Receivers, callers, customers and links put scripts into every field they control. Each is shown as the text that it is:
 * none runs, none becomes an element, none is asked for, and no link leads to one.
 */
@ExtendWith(StageResolver.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileTextIT {
    /** Breaks out of an attribute of either quote, then out of the element; with attributes of htmx, which no policy stops. */
    private static final String TEXT = "x\" onfocus=\"struck()\" autofocus '><img src=q onerror=struck()>"
            + "<script>struck()</script><b hx-get=/struck hx-trigger=load>";

    /** Where less may stand. */
    private static final String SHORT = "\"'><img src=q onerror=struck()>";

    private static final String PATH = "/'onfocus='struck()'x=';javascript:struck()";
    private static final String SCRIPT_URL = "javascript:struck()";

    /** What a page would have if one of them were more than a text. */
    private static final String STRUCK = """
            [
              ...document.querySelectorAll("main img, script:not([src]), [hx-get*=struck], [onfocus], [onerror], [onload]"),
              ...[...document.querySelectorAll("[href], [src], [action]")].filter((each) =>
                /^\\s*javascript:/i.test(each.getAttribute("href") ?? each.getAttribute("src") ?? each.getAttribute("action"))),
            ].map((each) => each.outerHTML).concat(window.wasStruck ? ["it ran"] : [])""";

    private final Hook hook = new Hook();
    private Stage.Account account;
    private Visitor visitor;
    private Visitor operator;
    private String webhook;
    private String delivery;
    private String call;
    private String failedCall;

    @BeforeAll
    void strike(Stage stage) {
        hook.answer(500, Map.of("x-note", TEXT, "content-type", "text/html; " + TEXT), TEXT);
        account = stage.account(TEXT);
        Api api = account.api();
        webhook = id(api.done(
                "/v1/webhooks",
                Json.object(
                        "name", TEXT,
                        "url", hook.url(PATH),
                        "events", List.of("call.started", "call.failed", "transcript.final", "call.analyzed"),
                        "agent_ids", List.of(TEXT),
                        "headers", Map.of("x-own", TEXT),
                        "retry_schedule", List.of(3600))));
        call = Calls.send(api, hostileCall());
        failedCall = Calls.send(api, List.of(hostile("failed", "f" + TEXT, Json.map("reason", TEXT))));
        key(stage, "read", Json.map("name", TEXT));
        key(stage, "web_calls", Json.map("agent_ids", List.of(TEXT)));
        delivery = await().until(
                        () -> Api.json(api.get("/v1/webhooks/" + webhook + "/deliveries"))
                                .at("/items/0/delivery_id")
                                .asText(),
                        found -> !found.isEmpty());
        visitor = visitor(stage, account.key());
        operator = visitor(stage, Stage.OPERATOR_KEY);
        operator.open("/accounts");
        operator.page()
                .locator("tr", new Page.LocatorOptions().setHasText(account.id()))
                .getByRole(AriaRole.BUTTON)
                .click();
    }

    private static Visitor visitor(Stage stage, String key) {
        Visitor visitor = stage.visitor(Look.DESK);
        visitor.context().addInitScript("window.struck = () => { window.wasStruck = true; }");
        return visitor.signIn(key);
    }

    private void key(Stage stage, String scope, Map<String, Object> more) {
        Map<String, Object> wanted = Json.map("scope", scope);
        wanted.putAll(more);
        stage.operator().done("/v1/accounts/" + account.id() + "/keys", Json.text(wanted));
    }

    private List<Map<String, Object>> hostileCall() {
        return List.of(
                hostile("connected", TEXT, Json.map()),
                hostile("ended", TEXT, Json.map("end_reason", TEXT, "outcome", TEXT, "summary", TEXT)),
                hostile(
                        "transcript",
                        TEXT,
                        Json.map("final", true, "messages", List.of(Json.map("role", SHORT, "content", TEXT)))),
                hostile("recording", TEXT, Json.map("url", "https://recordings.example.com" + PATH, "format", SHORT)),
                hostile("analysis", TEXT, Json.map("outcome", TEXT, "summary", TEXT, "data", Map.of(TEXT, TEXT))));
    }

    private Map<String, Object> hostile(String type, String externalId, Map<String, Object> more) {
        Map<String, Object> call = Json.map(
                "agent_id",
                TEXT,
                "type",
                "inbound",
                "from_number",
                TEXT,
                "to_number",
                TEXT,
                "webhook_url",
                hook.url(PATH + "2"),
                "webhook_mode",
                "in_addition",
                "metadata",
                Map.of(TEXT, TEXT));
        Map<String, Object> report = Json.map("type", type, "external_id", externalId, "call", call);
        report.putAll(more);
        return report;
    }

    private static String id(JsonNode made) {
        return made.path("id").asText();
    }

    @AfterAll
    void close() {
        visitor.close();
        operator.close();
        hook.close();
    }

    List<String> pages() {
        String own = "/webhooks/" + webhook;
        return List.of(
                "/",
                "/webhooks",
                "/webhooks?kind=call",
                own,
                own + "/edit",
                own + "/deliveries",
                own + "/waiting",
                own + "/replay",
                "/deliveries",
                "/deliveries/" + delivery,
                "/calls",
                "/calls/" + call,
                "/calls/" + failedCall,
                "/sources",
                "/keys",
                "/accounts");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void isATextOnEveryPage(String path) {
        assertThat(operator.open(path).status()).isEqualTo(200);
        operator.tell("document.querySelectorAll('details').forEach((each) => (each.open = true))");
        assertHarmless(operator);
        assertThat(operator.page().locator("body").innerText().replaceAll("\\s+", " "))
                .contains(TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/?range=",
                "/webhooks?kind=",
                "/webhooks?status=",
                "/webhooks?cursor=",
                "/deliveries?call_id=",
                "/deliveries?webhook_id=",
                "/deliveries?event=",
                "/deliveries?since=",
                "/calls?agent_id=",
                "/calls?external_id=",
                "/calls?since=",
                "/webhooks/",
                "/deliveries/",
                "/replays/",
                "/nothing/",
                "/signin?next="
            })
    void isATextInWhatALinkAsksFor(String path) {
        for (String text : List.of(TEXT, SCRIPT_URL)) {
            visitor.open(path + URLEncoder.encode(text, StandardCharsets.UTF_8));
            assertHarmless(visitor);
        }
    }

    @Test
    void isATextInWhatComesLive() {
        visitor.open("/deliveries");
        int before = visitor.page().locator("tbody tr").count();
        Calls.send(account.api(), List.of(hostile("connected", "live" + TEXT, Json.map())));
        assertThat(visitor.page().locator("tbody tr.fresh").first()).containsText(PATH);
        assertThat(visitor.page().locator("tbody tr").count()).isGreaterThan(before);
        assertHarmless(visitor);
        visitor.open("/webhooks/" + webhook);
        visitor.button("Send test").click();
        assertThat(visitor.page().locator("#tested")).containsText(TEXT);
        assertHarmless(visitor);
    }

    @Test
    void isATextInARefusedForm() {
        visitor.open("/webhooks/new");
        for (String field :
                List.of("url", "name", "agent_ids", "retry_schedule", "timeout_seconds", "headers", "secret")) {
            visitor.tell("document.querySelectorAll('details').forEach((each) => (each.open = true))");
            visitor.page().locator("[name=" + field + "]").fill(TEXT);
        }
        visitor.button("Create webhook").click();
        assertThat(visitor.page().locator(".fault").first()).isVisible();
        assertThat(visitor.page().locator("[name=url]")).hasValue(TEXT);
        assertHarmless(visitor);
    }

    /** What is no web address never becomes a link. */
    @Test
    void aScriptIsNoRecording() {
        Map<String, Object> report = Calls.report("recorded", Json.map("type", "recording", "url", SCRIPT_URL));
        assertThat(account.api().post("/v1/reports", Json.text(report)).body()).contains("\"error\"");
        Map<String, Object> plain = Json.map("url", SCRIPT_URL, "events", List.of("call.ended"));
        assertThat(account.api().post("/v1/webhooks", Json.text(plain)).statusCode())
                .isEqualTo(422);
    }

    /** A script as the page to go to after signing in leads to the first page. */
    @Test
    void signingInLeadsToPagesOfOursOnly(Stage stage) {
        for (String next : List.of(SCRIPT_URL, "//127.0.0.1:1/", "/\\127.0.0.1:1/", "http://127.0.0.1:1/")) {
            try (Visitor stranger = stage.visitor(Look.DESK)) {
                stranger.open("/signin?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
                stranger.page().getByLabel("API key").fill(account.key());
                stranger.button("Sign in").click();
                assertThat(stranger.page()).hasURL("/");
                assertThat(stranger.heading("Overview")).isVisible();
                stranger.assertNoFaults();
            }
        }
    }

    private static void assertHarmless(Visitor visitor) {
        assertThat(visitor.tell(STRUCK)).as(visitor.page().url()).isEqualTo(List.of());
        visitor.assertNoFaults();
    }
}
