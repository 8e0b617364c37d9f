package dev.ringpost.sqlite;

import static dev.ringpost.sqlite.Database.row;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Backlogged;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Queued;
import dev.ringpost.delivery.Rank;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.store.SweepSlice;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table {@code queue}. */
final class QueueRows {
    /** How many rows a slice looks at to find those of the types that it is about. */
    private static final int WINDOW = 5000;

    private static final String SELECT =
            "select " + DeliveryRows.COLUMNS + ", class, at, attempts, step, coalesce(replay, 0) from queue q";

    private static final String OF_CLASS = " where q.endpoint = ? and q.class = ?";

    /** With strict ordering: the first of a call holds back the rest. */
    private static final String NOT_BEHIND = " and not exists (select 1 from queue t where t.call = q.call"
            + " and t.endpoint = q.endpoint and t.class = ? and t.event < q.event)";

    private static final String IN_ORDER = " order by q.at, q.event limit ?";

    private final Database database;

    QueueRows(Database database) {
        this.database = database;
    }

    static Queued of(LaneWrite.Retry retry) {
        return new Queued(retry.delivery(), retry.rank(), retry.dueAt(), retry.attempts(), retry.step());
    }

    void insert(List<Queued> rows, Map<DeliveryRows.Key, Long> failedAt, LaneChanges lanes) {
        database.updateEach(
                "insert into queue (endpoint, event, class, at, account, call, seq, type, attempts, step, failed_at,"
                        + " replay) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
                row -> columns(row, failedAt.getOrDefault(DeliveryRows.Key.of(row.delivery()), 0L)));
        rows.forEach(row -> lanes.waiting(row.delivery(), 1));
    }

    /** Those that were not there yet. */
    List<Queued> insertNew(List<Queued> rows, LaneChanges lanes) {
        int[] inserted = database.updateEach(
                "insert into queue (endpoint, event, class, at, account, call, seq, type, attempts, step, failed_at,"
                        + " replay) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                rows,
                row -> columns(row, 0));
        List<Queued> made = new ArrayList<>();
        for (int i = 0; i < inserted.length; i++) {
            if (inserted[i] > 0) {
                made.add(rows.get(i));
                lanes.waiting(rows.get(i).delivery(), 1);
                lanes.due(rows.get(i).delivery(), 0);
            }
        }
        return made;
    }

    private static @Nullable Object[] columns(Queued row, long failedAt) {
        Delivery delivery = row.delivery();
        return row(
                delivery.endpoint(),
                delivery.event(),
                row.rank().code(),
                row.rank() == Rank.UNTRIED ? delivery.event() : row.dueAt(),
                delivery.account(),
                delivery.call(),
                delivery.sequence(),
                delivery.type().code(),
                row.attempts(),
                row.step(),
                failedAt,
                row.replay() == 0 ? null : row.replay());
    }

    /** Returns those that stood as their write says. */
    List<LaneWrite.Retry> move(List<LaneWrite.Retry> retries) {
        int[] moved = database.updateEach(
                "update queue set class = ?, at = ?, attempts = ?, step = ?, failed_at = ?"
                        + " where endpoint = ? and event = ? and attempts = ?",
                retries,
                retry -> row(
                        retry.rank().code(),
                        retry.dueAt(),
                        retry.attempts(),
                        retry.step(),
                        retry.failedAt(),
                        retry.delivery().endpoint(),
                        retry.delivery().event(),
                        retry.attemptsBefore()));
        return changed(retries, moved);
    }

    /** Returns those that stood as their write says. */
    List<LaneWrite> remove(List<LaneWrite> writes, LaneChanges lanes) {
        int[] removed = database.updateEach(
                "delete from queue where endpoint = ? and event = ? and attempts = ?",
                writes,
                write -> row(
                        write.endpoint(),
                        DeliveryRows.requireDelivery(write).event(),
                        DeliveryRows.attemptsBefore(write)));
        List<LaneWrite> gone = changed(writes, removed);
        gone.forEach(write -> lanes.waiting(DeliveryRows.requireDelivery(write), -1));
        return gone;
    }

    private static <W> List<W> changed(List<W> writes, int[] counts) {
        List<W> changed = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                changed.add(writes.get(i));
            }
        }
        return changed;
    }

    /** False where it does not stand here. */
    boolean ask(Delivery delivery, Instant now) {
        return database.update(
                        "update queue set class = ?, at = ?, step = 0 where endpoint = ? and event = ?",
                        Rank.ASKED.code(),
                        now.toEpochMilli(),
                        delivery.endpoint(),
                        delivery.event())
                > 0;
    }

    /** See {@code Transaction.makeDue}. */
    int makeDue(long endpoint, Instant failedBefore, int limit) {
        long now = failedBefore.toEpochMilli();
        int changed = 0;
        for (Rank rank : List.of(Rank.TRIED, Rank.REPLAYED)) {
            changed += database.update(
                    "update queue set at = ? where endpoint = ? and event in (select q.event from queue q" + OF_CLASS
                            + " and q.at > ? and q.failed_at <= ? limit ?)",
                    now,
                    endpoint,
                    endpoint,
                    rank.code(),
                    now,
                    now,
                    limit - changed);
        }
        if (changed > 0) {
            database.update(
                    "update lanes set next_at = min(coalesce(next_at, ?), ?) where endpoint = ?", now, now, endpoint);
        }
        return changed;
    }

    /** See {@code Transaction.covered}. */
    SweepSlice covered(Sweep.Cancel sweep, long endpoint, long afterEvent, int limit) {
        return switch (sweep) {
            case Sweep.Unsubscribed unsubscribed -> ofTypes(unsubscribed, afterEvent, limit);
            case Sweep.Erased erased -> where("call", erased.call(), endpoint, afterEvent, limit);
            case Sweep.ReplayCancelled cancelled -> where("replay", cancelled.replay(), endpoint, afterEvent, limit);
        };
    }

    private SweepSlice where(String column, long value, long endpoint, long afterEvent, int limit) {
        List<Queued> rows = database.query(
                SELECT + " where " + column + " = ? and endpoint = ? and event > ? order by event limit ?",
                QueueRows::read,
                value,
                endpoint,
                afterEvent,
                limit);
        return rows.size() < limit
                ? new SweepSlice(rows, Long.MAX_VALUE)
                : new SweepSlice(rows, rows.getLast().delivery().event());
    }

    /** There is no index by type, so that a slice is bounded by what it looks at as well. */
    private SweepSlice ofTypes(Sweep.Unsubscribed sweep, long afterEvent, int limit) {
        List<Queued> rows = database.query(
                "select " + DeliveryRows.COLUMNS + ", class, at, attempts, step, coalesce(replay, 0) from (select *"
                        + " from queue where endpoint = ? and event > ? and event < ? order by event limit ?)"
                        + " where (1 << (type - 1)) & ? <> 0 order by event limit ?",
                QueueRows::read,
                sweep.endpoint(),
                afterEvent,
                sweep.no(),
                WINDOW,
                EventType.mask(sweep.types()),
                limit);
        if (rows.size() == limit) {
            return new SweepSlice(rows, rows.getLast().delivery().event());
        }
        long next = database.first(
                        "select event from queue where endpoint = ? and event > ? and event < ?"
                                + " order by event limit 1 offset ?",
                        row -> row.number(1),
                        sweep.endpoint(),
                        afterEvent,
                        sweep.no(),
                        WINDOW - 1)
                .orElse(Long.MAX_VALUE);
        return new SweepSlice(rows, next);
    }

    /** Short walks along the index, each one row further than asked for. */
    static Backlogged head(Database database, Effect.Load lane) {
        return new Backlogged(
                lane.endpoint(),
                part(database, lane, Rank.UNTRIED, Rank.TRIED),
                part(database, lane, Rank.TRIED, null),
                part(database, lane, Rank.REPLAYED, Rank.REPLAYED),
                part(database, lane, Rank.ASKED, null));
    }

    /** @param before with strict ordering: what of this rank holds back its call */
    private static Backlogged.Part part(Database database, Effect.Load lane, Rank rank, @Nullable Rank before) {
        int limit = lane.limits().of(rank);
        List<Queued> rows = before != null && lane.strict()
                ? database.query(
                        SELECT + OF_CLASS + NOT_BEHIND + IN_ORDER,
                        QueueRows::read,
                        lane.endpoint(),
                        rank.code(),
                        before.code(),
                        limit + 1)
                : database.query(
                        SELECT + OF_CLASS + IN_ORDER, QueueRows::read, lane.endpoint(), rank.code(), limit + 1);
        return rows.size() <= limit
                ? new Backlogged.Part(rows, Long.MAX_VALUE)
                : new Backlogged.Part(
                        List.copyOf(rows.subList(0, limit)), rows.getLast().dueAt());
    }

    static Queued read(Row row) throws SQLException {
        Rank rank = Rank.ofCode(row.small(7));
        return new Queued(
                DeliveryRows.read(row),
                rank,
                rank == Rank.UNTRIED ? 0 : row.number(8),
                row.small(9),
                row.small(10),
                row.number(11));
    }
}
