package dev.ringpost.api.http;

import dev.ringpost.api.stream.Feed;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One method on one path: who may use it, what it takes, and what it does.
 *
 * @param path with {@code :id} where an id is
 * @param takesQuery false: any query parameter is a fault
 * @param narrowing what becomes of it for who may see some webhooks only
 */
public record Operation(
        HttpMethod method,
        String path,
        Access access,
        Body body,
        boolean takesQuery,
        Narrowing narrowing,
        Handling handling) {
    private static final int DEFAULT_LIMIT = 256 << 10;

    /** What a request may bring. */
    public sealed interface Body {
        /** Nothing: what comes is ignored. */
        record None() implements Body {}

        /** @param limit in bytes */
        record Json(boolean required, int limit) implements Body {}
    }

    /** What is done with a request that was let in. */
    public sealed interface Handling {}

    /** Straight-line code that may block; runs on a virtual thread. */
    @FunctionalInterface
    public non-sealed interface Blocking extends Handling {
        Reply handle(Request request);
    }

    /**
     * For what is sent thousands of times a second: runs on the event loop and never blocks. The reply is made back on
     * the event loop too, so that whoever completes the stage loses no time with it.
     */
    @FunctionalInterface
    public non-sealed interface OnEventLoop extends Handling {
        CompletionStage<Supplier<Reply>> handle(Request request);
    }

    /**
     * For an answer that goes on. Says what is to be sent: that may block, and runs on a virtual thread; whatever is wrong
     * with the request is found here. The sending is done by {@link dev.ringpost.api.stream.Streams}.
     */
    @FunctionalInterface
    public non-sealed interface Streaming extends Handling {
        /** @param lastEventId the header {@code Last-Event-ID}; null where there is none */
        Feed open(Request request, @Nullable String lastEventId);
    }

    public static Operation get(String path, Access access, Blocking handler) {
        return new Operation(HttpMethod.GET, path, access, new Body.None(), false, Narrowing.REFUSED, handler);
    }

    /** A GET with query parameters. */
    public static Operation list(String path, Access access, Blocking handler) {
        return new Operation(HttpMethod.GET, path, access, new Body.None(), true, Narrowing.REFUSED, handler);
    }

    /** A GET with query parameters whose answer goes on. */
    public static Operation stream(String path, Access access, Streaming handler) {
        return new Operation(HttpMethod.GET, path, access, new Body.None(), true, Narrowing.REFUSED, handler);
    }

    public static Operation post(String path, Access access, Blocking handler) {
        return withBody(HttpMethod.POST, path, access, handler);
    }

    public static Operation patch(String path, Access access, Blocking handler) {
        return withBody(HttpMethod.PATCH, path, access, handler);
    }

    public static Operation delete(String path, Access access, Blocking handler) {
        return new Operation(HttpMethod.DELETE, path, access, new Body.None(), false, Narrowing.REFUSED, handler);
    }

    public static Operation postOnEventLoop(String path, Access access, OnEventLoop handler) {
        return withBody(HttpMethod.POST, path, access, handler);
    }

    private static Operation withBody(HttpMethod method, String path, Access access, Handling handler) {
        return new Operation(
                method, path, access, new Body.Json(true, DEFAULT_LIMIT), false, Narrowing.REFUSED, handler);
    }

    /** The same with a body of up to so many bytes. */
    public Operation upTo(int bytes) {
        return new Operation(method, path, access, new Body.Json(true, bytes), takesQuery, narrowing, handling);
    }

    /** The same with a body that may be left out. */
    public Operation bodyOptional() {
        return new Operation(
                method, path, access, new Body.Json(false, DEFAULT_LIMIT), takesQuery, narrowing, handling);
    }

    /** The same for who may see some webhooks only, in a narrower way. */
    public Operation narrowed(Narrowing way) {
        return new Operation(method, path, access, body, takesQuery, way, handling);
    }

    /** Its answer goes on. */
    public boolean isStream() {
        return handling instanceof Streaming;
    }

    /** It answers with a page of items. */
    public boolean isList() {
        return takesQuery && !isStream();
    }

    /** As the API's description writes it. */
    @Override
    public String toString() {
        return method + " " + path.replaceAll(":(\\w+)", "{$1}");
    }
}
