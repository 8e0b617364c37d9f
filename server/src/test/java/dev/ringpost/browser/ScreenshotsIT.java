package dev.ringpost.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Makes the pictures of the documentation anew: {@code ./mvnw verify -Dit.test=ScreenshotsIT -Dscreenshots=true}. */
@EnabledIfSystemProperty(named = "screenshots", matches = "true")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScreenshotsIT {
    private static final Path IMAGES = Path.of("..", "docs", "images");

    @TempDir
    static Path folder;

    private PastHour hour;
    private Chromium chromium;

    @BeforeAll
    void live() {
        chromium = new Chromium();
        hour = new PastHour(folder);
    }

    @AfterAll
    void close() {
        chromium.close();
        hour.close();
    }

    @ParameterizedTest
    @CsvSource({
        "overview, DESK, overview-light.png",
        "overview, DESK_DARK, overview-dark.png",
        "webhook, DESK, webhook.png",
        "log, DESK, log.png",
        "delivery, DESK_DARK, delivery.png",
        "call, DESK, call.png",
        "overview, PHONE_DARK, phone-overview.png",
        "log, PHONE, phone-log.png",
    })
    void isTaken(String what, String look, String file) {
        try (Visitor visitor = chromium.visitor(hour.api().server(), look(look)).signIn(hour.key())) {
            visitor.open(path(what));
            assertThat(visitor.page().locator("main h1")).isVisible();
            if (what.equals("overview")) {
                assertThat(visitor.page().locator(".chart canvas")).hasCount(2);
            }
            visitor.page()
                    .screenshot(new Page.ScreenshotOptions()
                            .setPath(IMAGES.resolve(file))
                            .setAnimations(ScreenshotAnimations.DISABLED));
            visitor.assertNoFaults();
        }
    }

    private static Look look(String name) {
        return switch (name) {
            case "DESK" -> Look.DESK;
            case "DESK_DARK" -> Look.DESK_DARK;
            case "PHONE" -> Look.PHONE;
            default -> Look.PHONE_DARK;
        };
    }

    private String path(String what) {
        return switch (what) {
            case "overview" -> "/";
            case "webhook" -> hour.failingWebhook();
            case "log" -> "/deliveries";
            case "delivery" -> hour.failedDelivery();
            default -> hour.call();
        };
    }
}
