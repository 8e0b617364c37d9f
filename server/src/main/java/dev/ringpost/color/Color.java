package dev.ringpost.color;

import java.util.Optional;
import java.util.regex.Pattern;

/** A colour of sRGB, each part 0..255. */
public record Color(int red, int green, int blue) {
    public static final Color WHITE = new Color(255, 255, 255);
    public static final Color BLACK = new Color(0, 0, 0);

    private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final int STEPS = 20;

    /** @param text as {@code #rrggbb} */
    public static Optional<Color> parse(String text) {
        if (!HEX.matcher(text).matches()) {
            return Optional.empty();
        }
        int rgb = Integer.parseInt(text.substring(1), 16);
        return Optional.of(new Color(rgb >> 16, rgb >> 8 & 0xff, rgb & 0xff));
    }

    /** The relative luminance, 0 for black to 1 for white (WCAG 2.2). */
    public double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int part) {
        double share = part / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    /** From 1 to 21 (WCAG 2.2). */
    public double contrastWith(Color other) {
        double one = luminance() + 0.05;
        double two = other.luminance() + 0.05;
        return Math.max(one, two) / Math.min(one, two);
    }

    /** Black or white, whichever is read better on this one: its contrast is 4.5 or more on every colour. */
    public Color textOn() {
        return contrastWith(WHITE) >= contrastWith(BLACK) ? WHITE : BLACK;
    }

    /** This colour, or the next towards black or white that has such a contrast on a background; at most 4.5. */
    public Color readableOn(Color background, double contrast) {
        Color end = background.textOn();
        for (int step = 0; step < STEPS; step++) {
            Color mixed = mixedWith(end, step / (double) STEPS);
            if (mixed.contrastWith(background) >= contrast) {
                return mixed;
            }
        }
        return end;
    }

    /** @param share of the other, 0..1 */
    public Color mixedWith(Color other, double share) {
        return new Color(mix(red, other.red, share), mix(green, other.green, share), mix(blue, other.blue, share));
    }

    private static int mix(int one, int two, double share) {
        return (int) Math.round(one + (two - one) * share);
    }

    /** As {@code #rrggbb}, in lower case. */
    @Override
    public String toString() {
        return String.format("#%02x%02x%02x", red, green, blue);
    }
}
