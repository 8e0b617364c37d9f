package dev.ringpost.stats;

import java.time.Duration;
import java.time.Instant;

/** A stretch of time that numbers are added up over. All begin at whole multiples of their length since 1970, in UTC. */
public enum Interval {
    /** Kept of whole accounts, for {@link #MINUTES_KEPT}. */
    MINUTE(1, Duration.ofMinutes(1)),
    /** Kept of whole accounts and of each endpoint, as long as the log. */
    HOUR(2, Duration.ofHours(1)),
    /** Not kept: it is the sum of its hours. */
    DAY(3, Duration.ofDays(1));

    /** How long minutes are kept: a retention time that is shorter counts. */
    public static final Duration MINUTES_KEPT = Duration.ofDays(2);

    private final int code;
    private final Duration length;

    Interval(int code, Duration length) {
        this.code = code;
        this.length = length;
    }

    /** What the database stores: it never changes. */
    public int code() {
        return code;
    }

    public Duration length() {
        return length;
    }

    /** The begin of the interval that the time lies in. */
    public Instant startOf(Instant time) {
        long millis = length.toMillis();
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), millis) * millis);
    }

    /** The first begin of an interval that is not before the time. */
    public Instant startFrom(Instant time) {
        Instant start = startOf(time);
        return start.isBefore(time) ? start.plus(length) : start;
    }
}
