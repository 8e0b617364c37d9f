package dev.ringpost.dashboard.page;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The headers that keep pages safe, whatever should ever come to stand in them. */
final class PageHeaders {
    /** Nothing but our own files is loaded or asked, and nothing inline runs or styles. */
    private static final String CONTENT_SECURITY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none';"
            + " frame-ancestors ";

    /**
     * The policy for referrers is not no-referrer: a browser would then send the origin of our own forms as null, and
     * {@link SameOrigin} could not know them.
     *
     * @param framedBy origins whose pages may frame these, or {@code *}; empty: none
     */
    static Map<String, String> of(Set<String> framedBy) {
        String ancestors =
                framedBy.isEmpty() ? "'none'" : framedBy.stream().sorted().collect(Collectors.joining(" "));
        return Map.of(
                "content-security-policy", CONTENT_SECURITY + ancestors,
                "referrer-policy", "same-origin",
                "cross-origin-opener-policy", "same-origin",
                "cross-origin-resource-policy", "same-origin",
                "cache-control", "no-store");
    }

    private PageHeaders() {}
}
