package dev.ringpost.sender;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The header {@code Retry-After} (RFC 9110, section 10.2.3): seconds or a date. */
final class RetryAfter {
    static final Duration MAX = Duration.ofHours(24);

    private RetryAfter() {}

    /** How long to wait from now, at most 24 h; zero for a date that has passed; null if there is no header or no sense. */
    static @Nullable Duration parse(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        String value = header.strip();
        if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            // So many digits are more than a day, whatever they are.
            return value.length() > 9 ? MAX : atMostADay(Duration.ofSeconds(Integer.parseInt(value)));
        }
        try {
            Instant date = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
            return atMostADay(date.isBefore(now) ? Duration.ZERO : Duration.between(now, date));
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Duration atMostADay(Duration wait) {
        return wait.compareTo(MAX) > 0 ? MAX : wait;
    }
}
