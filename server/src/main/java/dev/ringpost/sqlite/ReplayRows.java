package dev.ringpost.sqlite;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.store.PastEvent;
import dev.ringpost.store.Replay;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code replays}, and the past that it goes through. */
final class ReplayRows {
    private static final String SELECT = "select r.no, r.account, r.endpoint, r.only, r.types, r.since, r.until,"
            + " r.status, r.position, r.total, (select count(*) from queue q where q.replay = r.no), r.succeeded,"
            + " r.failed, r.created_at from replays r";

    private final Database database;

    ReplayRows(Database database) {
        this.database = database;
    }

    void insert(Replay replay) {
        database.update(
                "insert into replays (no, account, endpoint, only, types, since, until, status, position, total,"
                        + " succeeded, failed, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                replay.no(),
                replay.account(),
                replay.endpoint(),
                text(replay.only()),
                EventType.mask(replay.events()),
                replay.since().toEpochMilli(),
                replay.until().toEpochMilli(),
                text(replay.status()),
                replay.position(),
                replay.total(),
                replay.succeeded(),
                replay.failed(),
                replay.createdAt().toEpochMilli());
    }

    Optional<Replay> replay(long no) {
        return database.first(SELECT + " where r.no = ?", ReplayRows::read, no);
    }

    Optional<Replay> replay(long account, long no) {
        return database.first(SELECT + " where r.no = ? and r.account = ?", ReplayRows::read, no, account);
    }

    List<Replay> running() {
        return database.query(SELECT + " where r.status = 'running' order by r.no", ReplayRows::read);
    }

    int running(long account) {
        return database.first(
                        "select count(*) from replays where account = ? and status = 'running'",
                        row -> row.small(1),
                        account)
                .orElse(0);
    }

    /** The number of the last event only grows by queueing, so that a crash neither skips nor repeats one. */
    void advance(long no, long position, int found) {
        database.update("update replays set position = ?, total = total + ? where no = ?", position, found, no);
    }

    void end(long no, Replay.Status status) {
        database.update("update replays set status = ? where no = ? and status = 'running'", text(status), no);
    }

    /** The replays of those deliveries of the queue that belong to one. */
    Map<DeliveryRows.Key, Long> of(Collection<DeliveryRows.Key> deliveries) {
        boolean none = database.first("select 1 from queue where replay is not null limit 1", row -> true)
                .isEmpty();
        if (none) {
            return Map.of();
        }
        Map<DeliveryRows.Key, Long> replays = new HashMap<>();
        for (DeliveryRows.Key key : deliveries) {
            database.first(
                            "select replay from queue where endpoint = ? and event = ? and replay is not null",
                            row -> row.number(1),
                            key.endpoint(),
                            key.event())
                    .ifPresent(replay -> replays.put(key, replay));
        }
        return replays;
    }

    /** A delivery of the replay has ended. */
    void ended(long replay, LaneWrite write) {
        boolean succeeded = write instanceof LaneWrite.Finish finish && finish.end() == DeliveryEnd.SUCCEEDED;
        database.update(
                succeeded
                        ? "update replays set succeeded = succeeded + 1 where no = ?"
                        : "update replays set failed = failed + 1 where no = ?",
                replay);
    }

    /** See {@code Transaction.pastEvents}. */
    List<PastEvent> pastEvents(Replay replay, int limit) {
        String past = "select i.no, ?1, e.account, e.call, e.seq, e.type,"
                + " (select 2 * a.status + a.final from attempts a where a.event = e.no and a.endpoint = ?1"
                + " order by a.no desc limit 1),"
                + " exists (select 1 from fresh f where f.event = e.no and f.endpoint = ?1)"
                + " or exists (select 1 from queue q where q.endpoint = ?1 and q.event = e.no)"
                + " from %s i cross join events e on e.no = i.no where i.account = ?2 and %s and e.created_at < ?4 and e.call not in (select call from erasures)";
        List<PastEvent> found = new ArrayList<>(pastEvents(
                past.formatted("events_by_account", "i.no > ?3 and +i.no <= " + LateIndexes.UPTO), replay, limit));
        if (found.size() < limit) {
            found.addAll(pastEvents(
                    past.formatted("events", "i.no > max(?3, " + LateIndexes.UPTO + ")"),
                    replay,
                    limit - found.size()));
        }
        return found;
    }

    private List<PastEvent> pastEvents(String select, Replay replay, int limit) {
        return database.query(
                select + " order by i.no limit ?5",
                ReplayRows::readPast,
                replay.endpoint(),
                replay.account(),
                replay.position(),
                replay.until().toEpochMilli(),
                limit);
    }

    private static PastEvent readPast(Row row) throws SQLException {
        Integer last = row.smallOrNull(7);
        return new PastEvent(DeliveryRows.read(row), status(last), last != null && last % 2 == 1, row.flag(8));
    }

    private static LoggedAttempt.@Nullable Status status(@Nullable Integer last) {
        return last == null ? null : LoggedAttempt.Status.ofCode(last / 2);
    }

    private static Replay read(Row row) throws SQLException {
        return new Replay(
                row.number(1),
                row.number(2),
                row.number(3),
                Replay.Only.valueOf(row.text(4).toUpperCase(Locale.ROOT)),
                EventType.ofMask(row.small(5)),
                row.time(6),
                row.time(7),
                Replay.Status.valueOf(row.text(8).toUpperCase(Locale.ROOT)),
                row.number(9),
                row.number(10),
                row.number(11),
                row.number(12),
                row.number(13),
                row.time(14));
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
