package dev.ringpost.dashboard.page;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a form was sent by one of our own pages. A browser says so in {@code Sec-Fetch-Site} where it came by https or to
 * localhost, else in {@code Origin}; who sends neither is no browser of our pages.
 */
final class SameOrigin {
    private SameOrigin() {}

    static boolean sent(HttpServerRequest request) {
        String site = request.getHeader("sec-fetch-site");
        if (site != null) {
            return site.equals("same-origin");
        }
        return isOwn(request.getHeader("origin"), request.getHeader("host"));
    }

    /** The page's origin is what the browser itself says, whatever proxy is between. */
    static boolean overTls(HttpServerRequest request) {
        String origin = request.getHeader("origin");
        return origin != null && origin.startsWith("https://");
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
