package dev.ringpost.dashboard.page;

import dev.ringpost.dashboard.session.Session;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;

/** A way to the pages: how one is known there, and what is different about them. */
public interface Entrance {
    /** What the paths of its pages begin with, without a slash at the end; empty: nothing. */
    String base(RoutingContext routing);

    /** Who sends a request, by a cookie of this entrance and of no other. */
    Optional<Session> session(RoutingContext routing);

    /** For somebody who is not known. */
    View stranger(HttpServerRequest request);

    /** For somebody whose session the API takes no more. */
    View ended(Visit visit);

    /** Origins whose pages may show these in a frame, or {@code *}; empty: none. */
    Set<String> framedBy();
}
