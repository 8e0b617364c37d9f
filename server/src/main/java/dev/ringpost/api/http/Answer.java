package dev.ringpost.api.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;

/** Writes a reply. */
public final class Answer {
    /** How long a sender that was refused may go on sending before its connection is closed under it. */
    private static final long DRAIN_MS = 2000;

    private Answer() {}

    /** Called on the event loop of the request. */
    public static void send(Vertx vertx, HttpServerRequest request, Reply reply) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        start(response, reply.status(), reply.headers());
        boolean unread = !request.isEnded() && BodyReader.hasBody(request);
        if (unread) {
            response.putHeader("connection", "close");
        }
        write(request, response, reply);
        if (unread) {
            drain(vertx, request);
        }
    }

    /** The head of an answer whose body others write. */
    static void head(HttpServerResponse response, int status, String contentType, Map<String, String> headers) {
        start(response, status, headers);
        response.putHeader("content-type", contentType);
    }

    private static void start(HttpServerResponse response, int status, Map<String, String> headers) {
        response.setStatusCode(status);
        response.putHeader("x-content-type-options", "nosniff");
        headers.forEach(response::putHeader);
    }

    private static void write(HttpServerRequest request, HttpServerResponse response, Reply reply) {
        if (reply.status() == 204) {
            response.end();
            return;
        }
        response.putHeader("content-type", reply.contentType());
        response.putHeader("content-length", Integer.toString(reply.body().length));
        if (request.method().equals(HttpMethod.HEAD)) {
            response.end();
        } else {
            response.end(Buffer.buffer(reply.body()));
        }
    }

    /**
     * Lets a sender that is still sending read its answer: a connection that is closed with unread bytes in it is
     * reset, and the answer may be lost with it (RFC 9112, section 9.6).
     */
    private static void drain(Vertx vertx, HttpServerRequest request) {
        long deadline = vertx.setTimer(DRAIN_MS, late -> request.connection().close());
        request.handler(rest -> {});
        request.exceptionHandler(gone -> vertx.cancelTimer(deadline));
        request.endHandler(end -> {
            vertx.cancelTimer(deadline);
            request.connection().close();
        });
        request.resume();
    }
}
