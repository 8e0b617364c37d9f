package dev.ringpost.dashboard.page;

import io.vertx.core.http.HttpMethod;

/**
 * A page, or what one of its buttons does.
 *
 * @param path with {@code :id} where an id is
 */
public record Page(HttpMethod method, String path, Maker maker) {
    /** Straight-line code on a virtual thread. */
    public sealed interface Maker {}

    /** For who is signed in; anybody else is asked to sign in first. */
    @FunctionalInterface
    public non-sealed interface ForSession extends Maker {
        /** @throws dev.ringpost.dashboard.client.Refused where the API says no: a page tells why */
        View make(PageRequest request);
    }

    /** For anybody. */
    @FunctionalInterface
    public non-sealed interface ForAnybody extends Maker {
        View make(Visit visit);
    }

    public static Page get(String path, ForSession maker) {
        return new Page(HttpMethod.GET, path, maker);
    }

    public static Page post(String path, ForSession maker) {
        return new Page(HttpMethod.POST, path, maker);
    }

    public static Page openGet(String path, ForAnybody maker) {
        return new Page(HttpMethod.GET, path, maker);
    }

    public static Page openPost(String path, ForAnybody maker) {
        return new Page(HttpMethod.POST, path, maker);
    }
}
