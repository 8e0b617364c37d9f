package dev.ringpost.api.http;

import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemType;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Reads a body up to a limit. What a sender says of its length is believed only where it is too much. */
final class BodyReader {
    private final HttpServerRequest request;
    private final int limit;
    private final Promise<byte[]> whole = Promise.promise();
    private @Nullable Buffer first;
    private @Nullable Buffer all;

    private BodyReader(HttpServerRequest request, int limit) {
        this.request = request;
        this.limit = limit;
    }

    /** Fails with 413 as soon as the body is known to be too large; nothing of it is kept then. */
    static Future<byte[]> read(HttpServerRequest request, int limit) {
        BodyReader reader = new BodyReader(request, limit);
        String length = request.getHeader("content-length");
        if (length != null && isMore(length, limit)) {
            return Future.failedFuture(reader.tooLarge().asException());
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            request.response().writeContinue();
        }
        request.handler(reader::take).endHandler(end -> reader.end()).exceptionHandler(reader.whole::tryFail);
        request.resume();
        return reader.whole.future();
    }

    static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        return length == null ? request.headers().contains("transfer-encoding") : !length.equals("0");
    }

    private static boolean isMore(String length, int limit) {
        try {
            return Long.parseLong(length) > limit;
        } catch (NumberFormatException e) {
            // The server refuses what is no number; one that a long can't hold is more than any limit.
            return true;
        }
    }

    /** Most bodies are one chunk, which is never copied into a buffer that grows. */
    private void take(Buffer chunk) {
        if (first == null) {
            first = chunk;
        } else if (all == null) {
            all = Buffer.buffer().appendBuffer(first).appendBuffer(chunk);
        } else {
            all.appendBuffer(chunk);
        }
        if ((all == null ? chunk : all).length() > limit) {
            all = null;
            first = null;
            request.handler(null);
            whole.tryFail(tooLarge().asException());
        }
    }

    private void end() {
        Buffer body = all == null ? first : all;
        whole.tryComplete(body == null ? new byte[0] : body.getBytes());
    }

    private Problem tooLarge() {
        return new Problem(ProblemType.TOO_LARGE, "The body may have at most " + limit + " bytes here");
    }
}
