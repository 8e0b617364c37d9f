package dev.ringpost.store;

import dev.ringpost.call.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of the attempt log.
 *
 * @param no the log number; rows are sorted by it, and it holds the time of completion
 * @param call null where the event is of no call: a test, or what the operator is told
 * @param isFinal this row ended the delivery
 * @param attempt from 1; 0 where the delivery ended without any
 */
public record LoggedAttempt(
        long no,
        long account,
        long endpoint,
        long event,
        EventType type,
        @Nullable Long call,
        String url,
        Status status,
        boolean isFinal,
        int attempt,
        @Nullable Integer responseStatus,
        byte @Nullable [] responseBody,
        Map<String, List<String>> responseHeaders,
        @Nullable String error,
        long durationMs,
        @Nullable Instant nextRetryAt,
        Instant completedAt,
        Instant createdAt,
        boolean test) {
    /** What the row says. A code is what the database stores: it never changes. */
    public enum Status {
        SUCCEEDED(1),
        FAILED(2),
        CANCELLED(3),
        SUPERSEDED(4);

        private final int code;

        Status(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        public static Status ofCode(int code) {
            return values()[code - 1];
        }
    }
}
