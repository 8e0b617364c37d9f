package dev.ringpost.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.dashboard.Browser.Shown;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What pages load: kept for ever by browsers, and all of it ours. */
class AssetsTest {
    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"");

    @RegisterExtension
    static final LiveDashboard rig = new LiveDashboard();

    @Test
    void eachIsKeptForEverAndSmallOnTheWay() {
        Browser browser = rig.operator();
        List<String> loaded = LOADED.matcher(browser.get("/").body())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(loaded)
                .hasSizeGreaterThan(4)
                .allMatch(path -> path.matches("/assets/[\\w.-]+\\.[0-9a-f]{16}\\.(css|js|svg)"));
        for (String path : loaded) {
            Shown plain = browser.get(path).expect(200);
            assertThat(plain.header("cache-control")).isEqualTo("public, max-age=31536000, immutable");
            assertThat(plain.header("content-type")).matches("text/(css|javascript); charset=utf-8|image/svg\\+xml");
            Shown zipped = browser.get(path, "accept-encoding", "br, gzip").expect(200);
            assertThat(zipped.header("content-encoding")).isEqualTo("gzip");
            assertThat(Integer.parseInt(zipped.header("content-length")))
                    .isLessThan(Integer.parseInt(plain.header("content-length")));
        }
    }

    @Test
    void anotherVersionIsNotThere() {
        rig.stranger().get("/assets/ringpost.0000000000000000.css").expect(404);
    }
}
