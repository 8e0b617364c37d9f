package dev.ringpost.stats;

import java.time.Instant;
import java.util.List;

/**
 * What is counted of an account, or of one of its endpoints, in an interval that begins {@code at}.
 *
 * @param endpoint {@link #WHOLE_ACCOUNT}, or the endpoint's number
 */
public record Counted(Interval interval, Instant at, long account, long endpoint, Counts counts) {
    public static final long WHOLE_ACCOUNT = 0;

    /** All that it is added to in the store: a minute is part of an hour too. */
    public List<Counted> rows() {
        return interval == Interval.MINUTE
                ? List.of(this, new Counted(Interval.HOUR, Interval.HOUR.startOf(at), account, endpoint, counts))
                : List.of(this);
    }
}
