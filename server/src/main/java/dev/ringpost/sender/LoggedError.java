package dev.ringpost.sender;

import dev.ringpost.delivery.AttemptResult;
import org.jspecify.annotations.Nullable;

/**
 * What may be logged of a failed attempt's error. What the receiver said itself may be anything, the payload included; an
 * error has it behind the status ({@link Outcome}) or in brackets ({@link Failure}).
 */
public final class LoggedError {
    private LoggedError() {}

    /** Null where there was no error. */
    public static @Nullable String of(AttemptResult result) {
        String error = result.error();
        if (error == null) {
            return null;
        }
        if (result.responseStatus() != null) {
            return "HTTP " + result.responseStatus();
        }
        int said = error.indexOf(" (");
        return said < 0 ? error : error.substring(0, said);
    }
}
