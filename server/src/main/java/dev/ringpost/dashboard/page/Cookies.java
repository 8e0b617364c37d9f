package dev.ringpost.dashboard.page;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/** Reads the cookies that a browser sends (RFC 6265, section 5.4). */
public final class Cookies {
    private Cookies() {}

    /** The first of this name. */
    public static Optional<String> find(HttpServerRequest request, String name) {
        for (String header : request.headers().getAll("cookie")) {
            for (String pair : header.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    return Optional.of(pair.substring(equals + 1).strip());
                }
            }
        }
        return Optional.empty();
    }
}
