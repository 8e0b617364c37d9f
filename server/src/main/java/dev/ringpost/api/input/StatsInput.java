package dev.ringpost.api.input;

import dev.ringpost.api.http.Query;
import dev.ringpost.api.http.Request;
import dev.ringpost.api.json.Rfc3339;
import dev.ringpost.id.IdKind;
import dev.ringpost.id.PublicIds;
import dev.ringpost.stats.Interval;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What numbers are asked for. Whatever is left out is chosen so that a chart of it is easy to read.
 *
 * @param interval how long each is
 * @param since begin of the first interval
 * @param until end of the last one
 * @param webhook null: the whole account
 */
public record StatsInput(
        Interval interval,
        Instant since,
        Instant until,
        @Nullable Long webhook) {
    /** How many intervals may be asked for at once: a day of minutes, two months of hours. */
    public static final int MOST = 1500;

    private static final Duration DEFAULT_RANGE = Duration.ofDays(1);
    private static final Duration MOST_MINUTES = Duration.ofHours(6);
    private static final Duration MOST_HOURS = Duration.ofDays(7);
    private static final String A_TIME = "must be a time from 1970 on as in RFC 3339, such as 2026-01-31T12:00:00Z";

    /** Of no webhook. */
    private static final long UNKNOWN = -1;

    /** @throws dev.ringpost.api.problem.ProblemException 422 with every fault of the query */
    public static StatsInput of(Request request, PublicIds ids) {
        Query query = request.query();
        Instant now = request.arrivedAt();
        Instant until = time(query, "until").orElse(now);
        Instant since = time(query, "since").orElse(until.minus(DEFAULT_RANGE));
        if (!since.isBefore(until)) {
            query.fault("since", "must be earlier than until");
        }
        Long webhook = webhook(query, ids);
        Interval interval = interval(query, Duration.between(since, until), webhook);
        if (interval == Interval.MINUTE && webhook != null) {
            query.fault("interval", "of a single webhook hours are the shortest intervals that are kept");
        } else if (interval == Interval.MINUTE && since.isBefore(now.minus(Interval.MINUTES_KEPT))) {
            query.fault("since", "is too long ago for minutes, which are kept for 48 hours; take hours");
        }
        StatsInput asked = new StatsInput(interval, interval.startOf(since), interval.startFrom(until), webhook);
        if (asked.size() > MOST) {
            query.fault(
                    "interval",
                    "there are " + asked.size() + " from since to until, which is more than " + MOST
                            + "; take longer ones, or a shorter time");
        }
        query.done();
        request.faults().check();
        return asked;
    }

    /** How many intervals there are. */
    public long size() {
        return Duration.between(since, until).dividedBy(interval.length());
    }

    /** As it is written in requests and answers. */
    public static String wireName(Interval interval) {
        return interval.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<Instant> time(Query query, String name) {
        String text = query.get(name);
        Optional<Instant> time = Optional.ofNullable(text).flatMap(Rfc3339::parse);
        if (text != null && time.isEmpty()) {
            query.fault(name, A_TIME);
        }
        return time;
    }

    private static @Nullable Long webhook(Query query, PublicIds ids) {
        String text = query.get("webhook_id");
        if (text == null) {
            return null;
        }
        if (!text.startsWith(IdKind.WEBHOOK.prefix())) {
            query.fault("webhook_id", "is no id of this kind: it starts with " + IdKind.WEBHOOK.prefix());
        }
        return ids.parse(IdKind.WEBHOOK, text).orElse(UNKNOWN);
    }

    private static Interval interval(Query query, Duration range, @Nullable Long webhook) {
        String text = query.get("interval");
        if (text == null) {
            return fitting(range, webhook);
        }
        for (Interval interval : Interval.values()) {
            if (wireName(interval).equals(text)) {
                return interval;
            }
        }
        query.fault("interval", "must be one of minute, hour, day");
        return fitting(range, webhook);
    }

    private static Interval fitting(Duration range, @Nullable Long webhook) {
        if (webhook == null && range.compareTo(MOST_MINUTES) <= 0) {
            return Interval.MINUTE;
        }
        return range.compareTo(MOST_HOURS) <= 0 ? Interval.HOUR : Interval.DAY;
    }
}
