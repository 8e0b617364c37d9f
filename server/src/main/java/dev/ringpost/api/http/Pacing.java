package dev.ringpost.api.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/** Holds a client that sends requests and does not read the answers. */
public final class Pacing {
    private Pacing() {}

    /**
     * Begins with a request once the answers before it, on the same connection, have left memory but for a bounded rest:
     * else pipelined requests could fill the heap with answers that nobody takes.
     */
    public static void whenLastAnswerIsOnItsWay(HttpServerRequest request, Handler<HttpServerRequest> handler) {
        if (!request.response().writeQueueFull()) {
            handler.handle(request);
            return;
        }
        request.pause();
        request.response().drainHandler(drained -> {
            request.response().drainHandler(null);
            request.resume();
            handler.handle(request);
        });
    }
}
