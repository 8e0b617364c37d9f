package dev.ringpost.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

/** Goes through pages with keys alone, as somebody without a mouse does: whatever has the focus must be seen to have it. */
record Keyboard(Page page) {
    private static final int MOST_STEPS = 100;

    /** An outline that can be seen, on an element within the window. */
    private static final String FOCUS_IS_SEEN = """
            () => {
              const style = getComputedStyle(document.activeElement);
              const at = document.activeElement.getBoundingClientRect();
              return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
                && at.bottom > 0 && at.top < innerHeight && at.right > 0 && at.left < innerWidth;
            }""";

    /** Steps on until the element has the focus. */
    Keyboard reach(Locator element) {
        element.waitFor();
        for (int step = 0; step < MOST_STEPS; step++) {
            if (hasFocus(element)) {
                return this;
            }
            press("Tab");
            assertThat(page.evaluate("document.activeElement === document.body || (" + FOCUS_IS_SEEN + ")()"))
                    .as(() -> "focus is not seen on " + page.evaluate("document.activeElement.outerHTML"))
                    .isEqualTo(true);
        }
        throw new AssertionError("can't be reached with the Tab key: " + element);
    }

    private static boolean hasFocus(Locator element) {
        return Boolean.TRUE.equals(element.evaluate("element => element === document.activeElement"));
    }

    Keyboard press(String key) {
        page.keyboard().press(key);
        return this;
    }

    /** Writes instead of what stands there. */
    Keyboard write(String text) {
        press("Control+A");
        page.keyboard().type(text);
        return this;
    }
}
