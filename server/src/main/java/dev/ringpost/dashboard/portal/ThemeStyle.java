package dev.ringpost.dashboard.portal;

import dev.ringpost.color.Color;
import dev.ringpost.dashboard.layout.PortalTerms;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The style sheet of a theme: the colours of {@code ringpost.css} by name, each changed until it can be read on what it is
 * shown on. Made of colours that were parsed, and of nothing else that somebody sent.
 */
final class ThemeStyle {
    /** Of text, and of what is no text (WCAG 2.2, 1.4.3 and 1.4.11). */
    private static final double TEXT = 4.5;

    private static final double SHAPE = 3;

    private final Map<String, String> colors = new LinkedHashMap<>();

    private ThemeStyle() {}

    static String of(PortalTerms.Theme theme) {
        ThemeStyle style = new ThemeStyle();
        Optional<Color> background = color(theme.background());
        background.ifPresent(style::surfaces);
        color(theme.accent()).ifPresent(accent -> style.accent(accent, background.orElse(null)));
        return style.colors.isEmpty()
                ? ""
                : style.colors.entrySet().stream()
                        .map(entry -> "  --" + entry.getKey() + ": " + entry.getValue() + ";\n")
                        .collect(Collectors.joining("", ":root {\n", "}\n"));
    }

    private static Optional<Color> color(@Nullable String text) {
        return text == null ? Optional.empty() : Color.parse(text);
    }

    private void surfaces(Color background) {
        Tones tones = Tones.on(background);
        Color chosen = background.mixedWith(tones.text(), 0.09);
        put("bg", background);
        put("bg-side", background.mixedWith(tones.text(), 0.03));
        put("bg-raised", background.mixedWith(tones.text(), 0.02));
        put("bg-sunken", background.mixedWith(tones.text(), 0.04));
        put("bg-hover", background.mixedWith(tones.text(), 0.05));
        put("bg-chosen", chosen);
        put("line", background.mixedWith(tones.text(), 0.13));
        put("line-strong", background.mixedWith(tones.text(), 0.45).readableOn(chosen, SHAPE));
        put("text", tones.text());
        put("text-soft", tones.soft().readableOn(chosen, TEXT));
        put("good", tones.good().readableOn(chosen, TEXT));
        put("bad", tones.bad().readableOn(chosen, TEXT));
        put("warn", tones.warn().readableOn(chosen, TEXT));
        put("calm", tones.soft().readableOn(chosen, TEXT));
    }

    private void accent(Color accent, @Nullable Color background) {
        Color onAccent = accent.textOn();
        put("accent", accent);
        // Away from the text on it, which so stands out as well.
        put("accent-hover", accent.mixedWith(onAccent.textOn(), 0.12));
        put("on-accent", onAccent);
        Color light = background == null ? Color.WHITE.mixedWith(Color.BLACK, 0.08) : chosenOf(background);
        Color dark = background == null ? new Color(0x22, 0x23, 0x2a) : light;
        colors.put("link", both(accent.readableOn(light, TEXT), accent.readableOn(dark, TEXT)));
        colors.put("focus", both(accent.readableOn(light, SHAPE), accent.readableOn(dark, SHAPE)));
    }

    private static Color chosenOf(Color background) {
        return background.mixedWith(Tones.on(background).text(), 0.09);
    }

    private static String both(Color light, Color dark) {
        return "light-dark(" + light + ", " + dark + ")";
    }

    private void put(String name, Color color) {
        colors.put(name, color.toString());
    }

    /** The texts of {@code ringpost.css} in its light and its dark mode. */
    private record Tones(Color text, Color soft, Color good, Color bad, Color warn) {
        private static final Tones ON_LIGHT = of(0x1a1a1f, 0x55555f, 0x116a3a, 0xb42318, 0x8a4b00);
        private static final Tones ON_DARK = of(0xececf1, 0xa4a5b0, 0x5dd394, 0xff8a80, 0xf2b45c);

        static Tones on(Color background) {
            return background.textOn().equals(Color.BLACK) ? ON_LIGHT : ON_DARK;
        }

        private static Tones of(int text, int soft, int good, int bad, int warn) {
            return new Tones(color(text), color(soft), color(good), color(bad), color(warn));
        }

        private static Color color(int rgb) {
            return new Color(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff);
        }
    }
}
