package dev.ringpost.color;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Texts stand out from every colour that a theme may have. */
class ColorTest {
    private static final double READABLE = 4.5;

    @Test
    void contrastsAreThoseOfWcag() {
        assertThat(Color.BLACK.contrastWith(Color.WHITE)).isEqualTo(21, within(0.001));
        assertThat(color("#777777").contrastWith(Color.WHITE)).isEqualTo(4.478, within(0.001));
        assertThat(color("#4f46e5").contrastWith(Color.WHITE)).isEqualTo(6.29, within(0.01));
    }

    @Test
    void whatIsNoColourIsNone() {
        for (String text : new String[] {"", "#fff", "fff000", "#ggg000", "#1234567", "#123456;", " #123456", "red"}) {
            assertThat(Color.parse(text)).as(text).isEmpty();
        }
        assertThat(color("#0aF1c2")).hasToString("#0af1c2");
    }

    @Property
    void textOnAnyColourCanBeRead(
            @ForAll @IntRange(max = 255) int red,
            @ForAll @IntRange(max = 255) int green,
            @ForAll @IntRange(max = 255) int blue) {
        Color color = new Color(red, green, blue);
        assertThat(color.textOn().contrastWith(color)).isGreaterThanOrEqualTo(READABLE);
    }

    @Property
    void anyColourIsMadeReadableOnAnyOther(
            @ForAll @IntRange(max = 0xffffff) int one, @ForAll @IntRange(max = 0xffffff) int other) {
        Color background = color(String.format("#%06x", other));
        Color readable = color(String.format("#%06x", one)).readableOn(background, READABLE);
        assertThat(readable.contrastWith(background)).isGreaterThanOrEqualTo(READABLE);
    }

    private static Color color(String text) {
        return Color.parse(text).orElseThrow();
    }
}
