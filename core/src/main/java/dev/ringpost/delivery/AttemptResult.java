package dev.ringpost.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one HTTP request.
 *
 * @param verdict what it means for the delivery and its endpoint
 * @param reach whether anybody was there
 * @param url where it went
 * @param responseStatus null where no response came
 * @param responseBody at most 16 KiB, as the bytes came; null where none came
 * @param responseHeaders lower-case names
 * @param error one line that a person can act on; null on success
 * @param duration from the start to the response's end, or to the failure
 * @param retryAfter as the receiver asked, at most 24 h; null where it did not
 */
public record AttemptResult(
        Verdict verdict,
        Reach reach,
        String url,
        @Nullable Integer responseStatus,
        byte @Nullable [] responseBody,
        Map<String, List<String>> responseHeaders,
        @Nullable String error,
        Duration duration,
        @Nullable Duration retryAfter) {
    /** With an answer, or without anything having been sent. */
    public AttemptResult(
            Verdict verdict,
            String url,
            @Nullable Integer responseStatus,
            byte @Nullable [] responseBody,
            Map<String, List<String>> responseHeaders,
            @Nullable String error,
            Duration duration,
            @Nullable Duration retryAfter) {
        this(
                verdict,
                responseStatus == null ? Reach.UNTRIED : Reach.REACHED,
                url,
                responseStatus,
                responseBody,
                responseHeaders,
                error,
                duration,
                retryAfter);
    }

    /** What an attempt says. */
    public enum Verdict {
        /** A 2xx within the deadline. */
        SUCCEEDED,
        /** Another status, or no connection. */
        FAILED,
        /** 429, 502, 503, 504 or a timeout: the endpoint has too much to do. */
        OVERLOADED,
        /** 410: it wants no more. */
        GONE
    }

    /** What an attempt says of the network between here and the endpoint. */
    public enum Reach {
        /** It answered, or at least took a connection. */
        REACHED,
        /** No address, no route, no connection, or no answer on a connection that was kept from before. */
        UNREACHABLE,
        /** Nothing was sent, for a reason on this side. */
        UNTRIED
    }
}
