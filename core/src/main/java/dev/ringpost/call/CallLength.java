package dev.ringpost.call;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long a call was, in seconds: a fraction holds the milliseconds, and it is never negative. */
final class CallLength {
    private CallLength() {}

    /** Null where what was reported is unknown or no number. */
    static @Nullable Double reported(@Nullable Double seconds) {
        return seconds == null || !Double.isFinite(seconds) ? null : (Double) Math.max(0, seconds);
    }

    static double between(Instant start, Instant end) {
        return Math.max(0, Duration.between(start, end).toMillis() / 1000.0);
    }

    /** When a call that ended then began; null where its length is unknown. */
    static @Nullable Instant startBefore(Instant end, @Nullable Double reportedSeconds) {
        Double seconds = reported(reportedSeconds);
        return seconds == null ? null : end.minusMillis(Math.round(seconds * 1000));
    }
}
