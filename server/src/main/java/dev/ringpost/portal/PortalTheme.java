package dev.ringpost.portal;

import dev.ringpost.color.Color;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How pages look in the site of a platform.
 *
 * @param mode null: as the browser's system has it
 * @param accent of buttons and links; null: Ringpost's
 * @param background null: Ringpost's; else light or dark enough for text of the mode, see {@link #modeOf}
 */
public record PortalTheme(
        @Nullable Mode mode,
        @Nullable Color accent,
        @Nullable Color background) {
    /** Ringpost's own colours. */
    public static final PortalTheme PLAIN = new PortalTheme(null, null, null);

    /** Every text of the pages' light mode has a contrast of 4.5 or more on a background from here on (WCAG 2.2, 1.4.3). */
    private static final double LEAST_LIGHT = 0.75;

    /** The same for their dark mode, on one up to here. */
    private static final double MOST_DARK = 0.035;

    /** Dark text on light, or the other way round. */
    public enum Mode {
        LIGHT,
        DARK;

        /** As in JSON. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The mode whose texts can be read on a background; null: neither's can. */
    public static @Nullable Mode modeOf(Color background) {
        double luminance = background.luminance();
        if (luminance >= LEAST_LIGHT) {
            return Mode.LIGHT;
        }
        return luminance <= MOST_DARK ? Mode.DARK : null;
    }
}
