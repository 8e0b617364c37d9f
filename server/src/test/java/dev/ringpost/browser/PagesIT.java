package dev.ringpost.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.dashboard.Dashboard;
import dev.ringpost.dashboard.page.Page;
import dev.ringpost.secret.MasterKey;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every page, in light and dark, at a desk and on a phone: nothing on the console, nothing against the policy, nothing from
 * elsewhere, no wider than the window, and without a serious fault of accessibility.
 */
@ExtendWith(StageResolver.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesIT {
    private final Hook good = new Hook();
    private final Hook broken = new Hook();
    private final Map<String, String> pages = new LinkedHashMap<>();
    private final Map<String, String> emptyPages = Map.of(
            "overview without events", "/",
            "no webhooks", "/webhooks",
            "no deliveries", "/deliveries",
            "no calls", "/calls",
            "no reports", "/sources",
            "keys of somebody else", "/keys");
    private Visitor operator;
    private Visitor newcomer;
    private Visitor stranger;

    @BeforeAll
    void tell(Stage stage) {
        Story story = Story.told(stage.operator(), good, broken);
        operator = stage.visitor(Look.DESK).signIn(Stage.OPERATOR_KEY);
        newcomer = stage.visitor(Look.DESK).signIn(stage.account("Newcomer").key());
        stranger = stage.visitor(Look.DESK);
        String healthy = "/webhooks/" + story.healthy();
        String failing = "/webhooks/" + story.failing();
        pages.put("overview", "/");
        pages.put("webhooks", "/webhooks");
        pages.put("new webhook", "/webhooks/new");
        pages.put("webhook that does well", healthy + "?created");
        pages.put("webhook that fails", failing);
        pages.put("webhook that is paused", "/webhooks/" + story.paused());
        pages.put("edit", healthy + "/edit");
        pages.put("log of a webhook", failing + "/deliveries");
        pages.put("what waits", failing + "/waiting");
        pages.put("nothing waits", healthy + "/waiting");
        pages.put("form of a replay", healthy + "/replay");
        pages.put("replay", "/replays/" + story.replay());
        pages.put("log", "/deliveries");
        pages.put("log, filtered to nothing", "/deliveries?status=cancelled");
        pages.put("delivery that succeeded", "/deliveries/" + story.delivered());
        pages.put("delivery that waits", "/deliveries/" + story.failed());
        pages.put("calls", "/calls");
        pages.put("call", "/calls/" + story.call());
        pages.put("sources", "/sources");
        pages.put("keys", "/keys");
        pages.put("accounts", "/accounts");
        pages.put("no such webhook", "/webhooks/wh_none");
        pages.put("no such page", "/nothing");
    }

    @AfterAll
    void close() {
        operator.close();
        newcomer.close();
        stranger.close();
        good.close();
        broken.close();
    }

    @Test
    void everyPageIsLookedAt() {
        List<String> looked = Stream.of(pages(), emptyPages(), signInPages())
                .flatMap(named -> named)
                .map(page -> page.getPayload().replaceFirst("\\?.*", ""))
                .toList();
        Vertx vertx = Vertx.vertx();
        try (Dashboard dashboard =
                new Dashboard(vertx, new MasterKey(new byte[32]).sealedTokens(), InstantSource.system(), Set.of())) {
            assertThat(dashboard.pages())
                    .filteredOn(page -> page.method().equals(HttpMethod.GET))
                    .map(Page::path)
                    // Parts of pages, which these ask for by themselves.
                    .filteredOn(path -> !path.endsWith("/newer") && !path.endsWith("/state"))
                    .isNotEmpty()
                    .allSatisfy(path -> assertThat(looked)
                            .as(path)
                            .anyMatch(each -> each.matches(path.replace(":id", "[a-z]+_[^/]+"))));
        } finally {
            vertx.close().await();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void showsWellWhatIsThere(String path) {
        assertShowsWell(operator, path);
    }

    @ParameterizedTest
    @MethodSource("emptyPages")
    void showsWellThatNothingIsThere(String path) {
        assertShowsWell(newcomer, path);
    }

    @ParameterizedTest
    @MethodSource("signInPages")
    void showsWellToStrangers(String path) {
        assertShowsWell(stranger, path);
    }

    private static void assertShowsWell(Visitor visitor, String path) {
        visitor.open(path);
        visitor.tell("document.querySelectorAll('details').forEach((each) => (each.open = true))");
        for (Look look : Look.ALL) {
            visitor.look(look);
            visitor.assertFits();
            if (look.equals(Look.PHONE_DARK)) {
                continue; // The colours of the desk, the shape of the phone: both were looked at.
            }
            assertThat(Axe.faults(visitor.page())).as(path + " " + look).isEmpty();
        }
        visitor.assertNoFaults();
    }

    Stream<Named<String>> pages() {
        return named(pages);
    }

    Stream<Named<String>> emptyPages() {
        return named(emptyPages);
    }

    Stream<Named<String>> signInPages() {
        return named(Map.of("sign in", "/signin", "sign in again", "/signin?ended&next=%2Fcalls"));
    }

    private static Stream<Named<String>> named(Map<String, String> paths) {
        return paths.entrySet().stream().map(path -> Named.of(path.getKey(), path.getValue()));
    }
}
