package dev.ringpost.api.http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.Set;

/**
 * Lets pages of named origins call the API from a browser (https://fetch.spec.whatwg.org/#http-cors-protocol). Covers what
 * needs a key, never what is public. Browsers are never asked to send credentials of their own: a page that has a key
 * sends it.
 */
public final class Cors {
    /** Every origin. Safe where keys are what protects: a page without a key learns nothing. */
    public static final String ANY = "*";

    static final String COVERED = "/v1/";

    private static final String ALLOW_HEADERS =
            "authorization, content-type, idempotency-key, last-event-id, ringpost-account";
    private static final String EXPOSE_HEADERS = "location, retry-after, idempotent-replayed";
    private static final String MAX_AGE_SECONDS = "7200";

    private final Set<String> origins;

    /** @param origins as browsers send them, or {@link #ANY}; none: CORS is off */
    public Cors(Set<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    boolean isOn() {
        return !origins.isEmpty();
    }

    /** Marks the answer, whatever it will be: a page may read why it was refused, too. */
    void mark(RoutingContext routing) {
        if (allow(routing)) {
            routing.response().putHeader("access-control-expose-headers", EXPOSE_HEADERS);
        }
        routing.next();
    }

    /** Answers a browser that asks before it sends; with no word of CORS where its page's origin is not allowed. */
    void preflight(RoutingContext routing, Collection<String> methods) {
        HttpServerResponse response = routing.response();
        String allowed = String.join(", ", methods);
        response.putHeader("allow", allowed);
        response.headers().remove("access-control-expose-headers");
        if (response.headers().contains("access-control-allow-origin")) {
            response.putHeader("access-control-allow-methods", allowed);
            response.putHeader("access-control-allow-headers", ALLOW_HEADERS);
            response.putHeader("access-control-max-age", MAX_AGE_SECONDS);
        }
        Answer.send(routing.vertx(), routing.request(), Reply.noContent());
    }

    private boolean allow(RoutingContext routing) {
        String origin = routing.request().getHeader("origin");
        boolean any = origins.contains(ANY);
        if (!any) {
            routing.response().putHeader("vary", "origin");
        }
        boolean allowed = origin != null && (any || origins.contains(origin));
        if (allowed) {
            routing.response().putHeader("access-control-allow-origin", any ? ANY : origin);
        }
        return allowed;
    }
}
