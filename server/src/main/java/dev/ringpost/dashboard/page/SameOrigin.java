package dev.ringpost.dashboard.page;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether a form was sent by one of our own pages. A browser says so in {@code Sec-Fetch-Site} where it came by https or to
 * localhost, else in {@code Origin}; who sends neither is no browser of our pages.
 */
final class SameOrigin {
    private static final Pattern OWN_MACHINE =
            Pattern.compile("(?i)((.+\\.)?localhost|127\\.[0-9.]+|\\[::1])(:[0-9]+)?");

    private SameOrigin() {}

    static boolean sent(HttpServerRequest request) {
        String site = request.getHeader("sec-fetch-site");
        if (site != null) {
            return site.equals("same-origin");
        }
        return isOwn(request.getHeader("origin"), request.getHeader("host"));
    }

    /**
     * What the browser itself says, whatever proxy is between: by the origin of the page that sends a form, or by the headers
     * Sec-Fetch, which it sends by https, and by http only to the machine that it is on.
     */
    static boolean overTls(HttpServerRequest request) {
        String origin = request.getHeader("origin");
        if (origin != null) {
            return origin.startsWith("https://");
        }
        String host = request.getHeader("host");
        return request.headers().contains("sec-fetch-site")
                && host != null
                && !OWN_MACHINE.matcher(host).matches();
    }

    private static boolean isOwn(@Nullable String origin, @Nullable String host) {
        if (origin == null || host == null) {
            return false;
        }
        int scheme = origin.indexOf("://");
        return scheme > 0
                && origin.substring(scheme + 3).toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
    }
}
