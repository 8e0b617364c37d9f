package dev.ringpost.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.ringpost.running.Api;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the buttons of a webhook, its deliveries and its replays do, as a person presses them. */
@ExtendWith(StageResolver.class)
class WebhookPagesIT {
    private final Hook hook = new Hook();
    private Api api;
    private Visitor visitor;

    @BeforeEach
    void signIn(Stage stage) {
        Stage.Account account = stage.account("Buttons");
        api = account.api();
        visitor = stage.visitor(Look.DESK).signIn(account.key());
        visitor.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
    }

    @AfterEach
    void close() {
        visitor.assertNoFaults();
        visitor.close();
        hook.close();
    }

    @Test
    void aWebhookIsPausedResumedAndDeletedOnceThatIsConfirmed() {
        String path = webhook(Map.of());
        visitor.open(path);
        visitor.button("Pause").click();
        assertThat(visitor.button("Resume")).isVisible();
        assertThat(status(path)).isEqualTo("inactive");
        visitor.button("Resume").click();
        assertThat(visitor.button("Pause")).isVisible();
        assertThat(status(path)).isEqualTo("active");

        visitor.button("Delete…").click();
        assertThat(visitor.button("Keep it")).isFocused();
        visitor.page().keyboard().press("Escape");
        assertThat(visitor.button("Keep it")).isHidden();
        assertThat(status(path)).isEqualTo("active");
        visitor.button("Delete…").click();
        visitor.button("Delete").click();
        assertThat(visitor.heading("No webhooks")).isVisible();
        assertThat(api.get("/v1" + path).statusCode()).isEqualTo(404);
    }

    @Test
    void aSecretIsShownWhenAskedForAndChangedByRotating() {
        String path = webhook(Map.of());
        Page page = visitor.page();
        visitor.open(path);
        assertThat(page.content()).doesNotContain("whsec_");
        visitor.button("Show").click();
        String before = page.locator("#secret-text").innerText();
        assertThat(before).isEqualTo(secret(path));
        page.locator("#secret").getByText("Copy").click();
        assertThat(clipboard()).isEqualTo(before);

        page.locator("summary", new Page.LocatorOptions().setHasText("Rotate")).click();
        page.getByLabel("Overlap").selectOption("3600");
        visitor.button("Rotate the secret").click();
        assertThat(page.getByText("Rotated.")).isVisible();
        assertThat(page.locator("#secret-text").innerText())
                .isEqualTo(secret(path))
                .isNotEqualTo(before);
    }

    @Test
    void aDeliveryIsCopiedAsACommandThatReachesItsReceiver() throws Exception {
        String path = webhook(Map.of("events", List.of("transcript.final")));
        Calls.conversation(api, "copied");
        await().until(() -> hook.received().size() == 1);
        await().until(() -> !newest(path).isEmpty());
        visitor.open("/deliveries/" + newest(path));
        visitor.button("Copy as curl").click();
        assertThat(visitor.page().locator(".toast")).hasText("Copied");
        run(clipboard());
        assertThat(hook.received()).hasSize(2);
        assertThat(hook.received().getLast()).isEqualTo(hook.received().getFirst());
        assertThat(hook.received().getLast().body()).contains("O'Neill");
    }

    @Test
    void aReplayTellsHowFarItIs() {
        String path = webhook(Map.of("status", "inactive"));
        for (int i = 0; i < 6; i++) {
            Calls.conversation(api, "replayed-" + i);
        }
        assertThat(api.patch("/v1" + path, Json.object("status", "active", "rate_limit", 6))
                        .statusCode())
                .isEqualTo(200);
        Page page = visitor.page();
        visitor.open(path);
        visitor.link("Replay").click();
        page.getByLabel("From (UTC)").fill("2020-01-01T00:00");
        page.getByLabel("What it never got").check();
        page.getByLabel("call.ended").check();
        page.getByLabel("call.analyzed").check();
        visitor.button("Send again").click();

        Locator job = page.locator("#job");
        assertThat(job.locator(".badge")).hasText("running");
        page.evaluate("window.notReloaded = true");
        assertThat(job.locator(".badge")).hasText("done");
        assertThat(page.evaluate("window.notReloaded")).isEqualTo(true);
        assertThat(job).containsText("12 of 12 ended");
        assertThat(job.locator("progress")).hasJSProperty("position", 1);
        assertThat(hook.received()).hasSize(12);
    }

    /** Its path among the pages, which is the API's as well. */
    private String webhook(Map<String, Object> options) {
        Map<String, Object> wanted =
                Json.map("url", hook.url("/hook"), "name", "Booking", "events", List.of("call.ended", "call.analyzed"));
        wanted.putAll(options);
        Object status = wanted.remove("status");
        String path = "/webhooks/"
                + api.done("/v1/webhooks", Json.text(wanted)).path("id").asText();
        if (status != null) {
            var _ = api.patch("/v1" + path, Json.object("status", status));
        }
        return path;
    }

    private String status(String path) {
        return Api.json(api.get("/v1" + path)).path("status").asText();
    }

    private String secret(String path) {
        return Api.json(api.get("/v1" + path + "/secret")).path("secret").asText();
    }

    private String newest(String path) {
        return Api.json(api.get("/v1" + path + "/deliveries"))
                .at("/items/0/delivery_id")
                .asText();
    }

    private String clipboard() {
        return String.valueOf(visitor.tell("navigator.clipboard.readText()"));
    }

    private static void run(String command) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).isZero();
    }
}
