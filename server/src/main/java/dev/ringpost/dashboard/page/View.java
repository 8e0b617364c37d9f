package dev.ringpost.dashboard.page;

import java.util.Optional;

/** What a request to the pages is answered with. */
public sealed interface View {
    /**
     * HTML.
     *
     * @param template of {@code src/main/jte}; gets {@code frame} and {@code page}
     * @param page what the template shows
     */
    record Html(int status, String template, Object page) implements View {}

    /** To another page, asked for with GET. */
    record Elsewhere(String path, Optional<String> cookie) implements View {}

    /** Nothing has changed: what stands there stays. */
    record Unchanged() implements View {}

    /** A style sheet. */
    record Style(String css) implements View {}

    static View html(String template, Object page) {
        return new Html(200, template, page);
    }

    /** The same page again with what is wrong on it. */
    static View refused(int status, String template, Object page) {
        return new Html(status, template, page);
    }

    static View goTo(String path) {
        return new Elsewhere(path, Optional.empty());
    }

    /** @param cookie the value of set-cookie */
    static View goTo(String path, String cookie) {
        return new Elsewhere(path, Optional.of(cookie));
    }
}
