package dev.ringpost.dashboard.page;

import java.util.Map;

/** The headers that keep pages safe, whatever should ever come to stand in them. */
final class PageHeaders {
    /** Nothing but our own files is loaded, asked or framed, and nothing inline runs or styles. */
    private static final String CONTENT_SECURITY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none';"
            + " frame-ancestors 'none'";

    /**
     * The policy for referrers is not no-referrer: a browser would then send the origin of our own forms as null, and
     * {@link SameOrigin} could not know them.
     */
    static final Map<String, String> ALL = Map.of(
            "content-security-policy", CONTENT_SECURITY,
            "referrer-policy", "same-origin",
            "cross-origin-opener-policy", "same-origin",
            "cross-origin-resource-policy", "same-origin",
            "cache-control", "no-store");

    private PageHeaders() {}
}
