package dev.ringpost.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one HTTP request.
 *
 * @param verdict what it means for the delivery and its endpoint
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
        String url,
        @Nullable Integer responseStatus,
        byte @Nullable [] responseBody,
        Map<String, List<String>> responseHeaders,
        @Nullable String error,
        Duration duration,
        @Nullable Duration retryAfter) {
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
}
