package dev.ringpost.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a call wants to be woken; a call has at most one of a kind.
 *
 * @param due null: no longer
 */
public record CallTimer(
        long account, long call, Kind kind, @Nullable Instant due) {
    /** What it is woken for. A code is what the database stores: it never changes. */
    public enum Kind {
        ANALYSIS_WAIT(1),
        CALL_TIMEOUT(2);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }

        public static Kind ofCode(int code) {
            return values()[code - 1];
        }
    }
}
