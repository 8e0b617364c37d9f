package dev.ringpost.sqlite;

import static dev.ringpost.sqlite.Database.row;

import dev.ringpost.stats.Attempts;
import dev.ringpost.stats.Counted;
import dev.ringpost.stats.Counts;
import dev.ringpost.stats.Interval;
import dev.ringpost.stats.LagHistogram;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was counted, by interval. The key begins with the time: what is added to lies together at the end, what is too old
 * at the front, and a question looks up one row for each interval.
 */
final class CountRows {
    private static final String VALUES =
            "events, deliveries_succeeded, deliveries_failed, attempts_succeeded, attempts_failed, lag";

    /** The begins of the intervals from ?1 on, ?2 apart, before ?3. */
    private static final String BEGINS =
            "with recursive begins (at) as (select ?1 where ?1 < ?3 union all select at + ?2 from begins where at + ?2 < ?3)";

    private final Database database;

    CountRows(Database database) {
        this.database = database;
    }

    private record Key(Interval interval, Instant at, long account, long endpoint) {
        static Key of(Counted counted) {
            return new Key(counted.interval(), counted.at(), counted.account(), counted.endpoint());
        }
    }

    void add(Collection<Counted> counted) {
        Map<Key, Counts> sums = new LinkedHashMap<>();
        counted.forEach(each -> sums.merge(Key.of(each), each.counts(), Counts::plus));
        sums.replaceAll((key, more) -> stored(key).plus(more));
        database.updateEach(
                "insert or replace into counts (interval, at, account, endpoint, " + VALUES
                        + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                sums.entrySet(),
                entry -> written(entry.getKey(), entry.getValue()));
    }

    private Counts stored(Key key) {
        return database.first(
                        "select " + VALUES
                                + " from counts where interval = ? and at = ? and account = ? and endpoint = ?",
                        row -> read(row, 1),
                        key.interval().code(),
                        key.at().toEpochMilli(),
                        key.account(),
                        key.endpoint())
                .orElse(Counts.NONE);
    }

    private static @Nullable Object[] written(Key key, Counts counts) {
        return row(
                key.interval().code(),
                key.at().toEpochMilli(),
                key.account(),
                key.endpoint(),
                counts.events(),
                counts.deliveriesSucceeded(),
                counts.deliveriesFailed(),
                counts.attempts().succeeded(),
                counts.attempts().failed(),
                counts.lag().toBytes());
    }

    private static Counts read(Row row, int first) throws SQLException {
        return new Counts(
                row.number(first),
                row.number(first + 1),
                row.number(first + 2),
                new Attempts(row.number(first + 3), row.number(first + 4)),
                LagHistogram.ofBytes(row.bytes(first + 5)));
    }

    List<Counted> counts(long account, long endpoint, Interval interval, Instant since, Instant until) {
        return database.query(
                BEGINS + " select c.at, " + VALUES + " from begins b cross join counts c on c.interval = ?4"
                        + " and c.at = b.at and c.account = ?5 and c.endpoint = ?6 order by c.at",
                row -> new Counted(interval, row.time(1), account, endpoint, read(row, 2)),
                since.toEpochMilli(),
                interval.length().toMillis(),
                until.toEpochMilli(),
                interval.code(),
                account,
                endpoint);
    }

    Map<Long, Attempts> attempts(long account, Collection<Long> endpoints, Instant since, Instant until) {
        Map<Long, Attempts> found = new HashMap<>();
        database.query(
                BEGINS + " select c.endpoint, sum(c.attempts_succeeded), sum(c.attempts_failed)"
                        + " from begins b cross join json_each(?4) e cross join counts c on c.interval = ?5"
                        + " and c.at = b.at and c.account = ?6 and c.endpoint = e.value group by c.endpoint",
                row -> found.put(row.number(1), new Attempts(row.number(2), row.number(3))),
                since.toEpochMilli(),
                Interval.HOUR.length().toMillis(),
                until.toEpochMilli(),
                NumberList.of(endpoints),
                Interval.HOUR.code(),
                account);
        return found;
    }

    int forget(Interval interval, Instant before, int limit) {
        return database.update(
                "delete from counts where (interval, at, account, endpoint) in (select interval, at, account, endpoint"
                        + " from counts where interval = ? and at < ? order by at limit ?)",
                interval.code(),
                before.toEpochMilli(),
                limit);
    }

    /** How many rows of the account went: at most so many of each length. */
    int forgetAccount(long account, int limit) {
        return forgetAccount(Interval.MINUTE, account, limit) + forgetAccount(Interval.HOUR, account, limit);
    }

    /** The walk goes from begin to begin: the key does not lead by account. */
    private int forgetAccount(Interval interval, long account, int limit) {
        return database.update(
                "with recursive begins (at) as (select min(at) from counts where interval = ?1 union all"
                        + " select (select min(c.at) from counts c where c.interval = ?1 and c.at > begins.at)"
                        + " from begins where begins.at is not null)"
                        + " delete from counts where (interval, at, account, endpoint) in"
                        + " (select c.interval, c.at, c.account, c.endpoint from begins cross join counts c"
                        + " on c.interval = ?1 and c.at = begins.at and c.account = ?2 limit ?3)",
                interval.code(),
                account,
                limit);
    }
}
