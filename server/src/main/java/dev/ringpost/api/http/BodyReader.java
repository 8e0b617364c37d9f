package dev.ringpost.api.http;

import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemType;
import dev.ringpost.fairness.FairShares;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Arrays;

/**
 * Reads a body up to a limit. What a sender says of its length is believed only where it is too much. The bytes of all
 * bodies that are being received, or worked on, are bounded together, and divided between accounts.
 */
public final class BodyReader {
    private static final int SMALL = 8 << 10;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final HttpServerRequest request;
    private final int limit;
    private final FairShares memory;
    private final long account;
    private final Promise<byte[]> whole = Promise.promise();
    private byte[] bytes = {};
    private int count;

    /** The length that the sender announced; the limit where it did not. */
    private int expected;

    /**
     * @param limit in bytes
     * @param memory in bytes, for the bodies of all requests
     * @param account who sends it
     */
    public BodyReader(HttpServerRequest request, int limit, FairShares memory, long account) {
        this.request = request;
        this.limit = limit;
        this.memory = memory;
        this.account = account;
    }

    /**
     * Fails with 413 as soon as the body is known to be too large, and with 503 where there is no memory for it; nothing
     * of it is kept then. Who calls this calls {@link #release} when the body is needed no longer.
     */
    public Future<byte[]> read() {
        String length = request.getHeader("content-length");
        if (length != null && isMore(length, limit)) {
            return Future.failedFuture(tooLarge().asException());
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            request.response().writeContinue();
        }
        expected = length == null ? limit : Integer.parseInt(length);
        request.handler(this::take)
                .endHandler(end -> end())
                .exceptionHandler(gone ->
                        fail(new Problem(ProblemType.MALFORMED_REQUEST, "The connection broke off within the body")));
        request.resume();
        return whole.future();
    }

    /** The memory is free for others. */
    public void release() {
        memory.giveBack(account, count);
        count = 0;
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

    private void take(Buffer chunk) {
        if (count + chunk.length() > limit) {
            fail(tooLarge());
        } else if (!memory.tryTake(account, chunk.length())) {
            fail(Problem.overloaded(
                    "Too many bodies of this account are being received at once; nothing of this one was kept",
                    RETRY_AFTER));
        } else {
            makeRoom(count + chunk.length());
            chunk.getBytes(bytes, count);
            count += chunk.length();
        }
    }

    /** At once for a small body, step by step for a large one: only what came is known to be true. */
    private void makeRoom(int size) {
        if (size > bytes.length) {
            int stepped = (int) Math.min(Math.max(expected, size), Math.max(SMALL, 2L * size));
            bytes = Arrays.copyOf(bytes, stepped);
        }
    }

    private void fail(Problem problem) {
        bytes = new byte[0];
        request.handler(null);
        whole.tryFail(problem.asException());
    }

    private void end() {
        whole.tryComplete(count == bytes.length ? bytes : Arrays.copyOf(bytes, count));
    }

    private Problem tooLarge() {
        return new Problem(ProblemType.TOO_LARGE, "The body may have at most " + limit + " bytes here");
    }
}
