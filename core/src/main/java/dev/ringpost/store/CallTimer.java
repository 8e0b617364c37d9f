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
        CALL_TIMEOUT(2),
        /** The call engine is to be told to place it, from the due time on until it took it. */
        PLACE(3),
        /** The call engine is to be told that it was stopped. */
        STOP(4),
        /** Nobody is woken: the simulator plays it, since the due time. */
        PLAY(5);

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
