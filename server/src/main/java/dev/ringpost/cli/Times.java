package dev.ringpost.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Points in time as people give them. */
final class Times {
    private static final OptionType<Duration> AGO = OptionType.duration("0", "3650d");

    private Times() {}

    /** As the API takes it; the server judges what is no length of time. */
    static @Nullable String moment(InstantSource clock, String flag, @Nullable String text) {
        if (text == null) {
            return null;
        }
        Optional<Duration> ago = AGO.parse().apply(text);
        if (ago.isPresent()) {
            Instant then = clock.instant().minus(ago.get());
            return then.truncatedTo(ChronoUnit.MILLIS).toString();
        }
        if (!text.contains("T")) {
            throw new BadSetting(flag + ": \"" + text
                    + "\" is not a time such as 2026-01-31T12:00:00Z, nor how long ago, such as 10m, 6h or 30d");
        }
        return text;
    }
}
