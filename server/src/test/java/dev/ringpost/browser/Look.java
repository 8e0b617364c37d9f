package dev.ringpost.browser;

import com.microsoft.playwright.options.ColorScheme;
import java.util.List;

/**
 * How pages are looked at.
 *
 * @param width of the window in CSS pixels
 */
record Look(int width, int height, ColorScheme scheme) {
    static final Look DESK = new Look(1280, 800, ColorScheme.LIGHT);
    static final Look DESK_DARK = new Look(1280, 800, ColorScheme.DARK);
    static final Look PHONE = new Look(390, 800, ColorScheme.LIGHT);
    static final Look PHONE_DARK = new Look(390, 800, ColorScheme.DARK);

    static final List<Look> ALL = List.of(DESK, DESK_DARK, PHONE, PHONE_DARK);
}
