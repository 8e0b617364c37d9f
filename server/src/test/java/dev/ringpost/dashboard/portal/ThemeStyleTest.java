package dev.ringpost.dashboard.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.color.Color;
import dev.ringpost.dashboard.layout.PortalTerms;
import dev.ringpost.portal.PortalTheme;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever colours a platform chooses, its customers can read the pages. */
class ThemeStyleTest {
    private static final double TEXT = 4.5;
    private static final double SHAPE = 3;
    private static final List<String> SURFACES =
            List.of("bg", "bg-side", "bg-raised", "bg-sunken", "bg-hover", "bg-chosen");
    private static final Pattern PROPERTY = Pattern.compile("--([a-z-]+): (?:light-dark\\()?(#[0-9a-f]{6})");

    @Test
    void nothingChosenChangesNothing() {
        assertThat(ThemeStyle.of(new PortalTerms.Theme("dark", null, null))).isEmpty();
    }

    @Test
    void onlyABackgroundThatTextsStandOutFromHasAMode() {
        assertThat(PortalTheme.modeOf(color("#ffffff"))).isEqualTo(PortalTheme.Mode.LIGHT);
        assertThat(PortalTheme.modeOf(color("#e0f2fe"))).isEqualTo(PortalTheme.Mode.LIGHT);
        assertThat(PortalTheme.modeOf(color("#101114"))).isEqualTo(PortalTheme.Mode.DARK);
        assertThat(PortalTheme.modeOf(color("#888888"))).isNull();
        assertThat(PortalTheme.modeOf(color("#ff0000"))).isNull();
    }

    @Property
    void everyTextStandsOutFromEverySurface(
            @ForAll @IntRange(max = 0xffffff) int background, @ForAll @IntRange(max = 0xffffff) int accent) {
        Assume.that(PortalTheme.modeOf(color(hex(background))) != null);
        Map<String, Color> colors = colors(hex(accent), hex(background));
        for (String surface : SURFACES) {
            for (String text : List.of("text", "text-soft", "good", "bad", "warn", "calm", "link")) {
                assertContrast(colors, text, surface, TEXT);
            }
            assertContrast(colors, "focus", surface, SHAPE);
            assertContrast(colors, "line-strong", surface, SHAPE);
        }
        assertContrast(colors, "on-accent", "accent", TEXT);
        assertContrast(colors, "on-accent", "accent-hover", TEXT);
    }

    @Property
    void anAccentStandsOutFromThePagesOwnColours(@ForAll @IntRange(max = 0xffffff) int accent) {
        String style = ThemeStyle.of(new PortalTerms.Theme(null, hex(accent), null));
        Matcher link =
                Pattern.compile("--link: light-dark\\((#\\w{6}), (#\\w{6})\\);").matcher(style);
        assertThat(link.find()).as(style).isTrue();
        for (String light : List.of("#ffffff", "#f7f7f8", "#ebebf0")) {
            assertThat(color(link.group(1)).contrastWith(color(light))).isGreaterThanOrEqualTo(TEXT);
        }
        for (String dark : List.of("#101114", "#0b0c0e", "#22232a")) {
            assertThat(color(link.group(2)).contrastWith(color(dark))).isGreaterThanOrEqualTo(TEXT);
        }
    }

    private static void assertContrast(Map<String, Color> colors, String text, String surface, double least) {
        Color one = colors.getOrDefault(text, Color.BLACK);
        Color other = colors.getOrDefault(surface, Color.BLACK);
        assertThat(one.contrastWith(other))
                .as(text + " " + one + " on " + surface + " " + other)
                .isGreaterThanOrEqualTo(least);
    }

    private static Map<String, Color> colors(@Nullable String accent, @Nullable String background) {
        Map<String, Color> colors = new HashMap<>();
        Matcher properties = PROPERTY.matcher(ThemeStyle.of(new PortalTerms.Theme(null, accent, background)));
        while (properties.find()) {
            colors.put(properties.group(1), color(properties.group(2)));
        }
        return colors;
    }

    private static String hex(int rgb) {
        return String.format("#%06x", rgb);
    }

    private static Color color(String text) {
        return Color.parse(text).orElseThrow();
    }
}
