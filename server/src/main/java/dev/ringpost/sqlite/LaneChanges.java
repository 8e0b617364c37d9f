package dev.ringpost.sqlite;

import static dev.ringpost.sqlite.Database.row;

import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.LaneState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a batch changes of the lanes, put together by endpoint and written once.
 *
 * <p>A row that is added to the queue makes its lane wake no later than that row may run. Were the lane written only
 * when the engine saves it, a crash in between would lose the wake-up, and the row would wait for ever.
 */
final class LaneChanges {
    private final Map<Long, Change> changes = new LinkedHashMap<>();

    /** A delivery joins the queue and may run at {@code at}. */
    void queued(Delivery delivery, long at) {
        changes.merge(
                delivery.endpoint(),
                new Change(delivery.account(), at, delivery.call(), null),
                (before, now) -> before.and(at, delivery.call()));
    }

    /** The engine says how the lane is: overwrites what was there. */
    void saved(LaneState state) {
        changes.put(state.endpoint(), new Change(state.account(), state.nextAt(), state.highCall(), state));
    }

    void write(Database database) {
        List<Map.Entry<Long, Change>> saves = new ArrayList<>();
        List<Map.Entry<Long, Change>> touches = new ArrayList<>();
        for (Map.Entry<Long, Change> change : changes.entrySet()) {
            (change.getValue().saved() == null ? touches : saves).add(change);
        }
        database.updateEach(
                "insert into lanes (endpoint, account, next_at, high_call) values (?, ?, ?, ?)"
                        + " on conflict (endpoint) do update set"
                        + " next_at = min(coalesce(next_at, excluded.next_at), excluded.next_at),"
                        + " high_call = max(high_call, excluded.high_call)",
                touches,
                touch -> row(
                        touch.getKey(),
                        touch.getValue().account(),
                        touch.getValue().nextAt(),
                        touch.getValue().highCall()));
        database.updateEach(
                "insert or replace into lanes (endpoint, account, next_at, high_call, failures, probe_at,"
                        + " last_success_at, last_failure_at, last_error) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                saves,
                save -> saved(save.getKey(), save.getValue()));
    }

    private static @Nullable Object[] saved(long endpoint, Change change) {
        LaneState state = Objects.requireNonNull(change.saved());
        return row(
                endpoint,
                change.account(),
                change.nextAt() == Long.MAX_VALUE ? null : change.nextAt(),
                change.highCall(),
                state.failures(),
                state.probeAt(),
                state.lastSuccessAt(),
                state.lastFailureAt(),
                state.lastError());
    }

    static final String COLUMNS = "l.endpoint, l.account, l.next_at, l.high_call, l.failures, l.probe_at,"
            + " l.last_success_at, l.last_failure_at, l.last_error";

    static LaneState read(Row row) throws SQLException {
        Long nextAt = row.numberOrNull(3);
        return new LaneState(
                row.number(1),
                row.number(2),
                nextAt == null ? Long.MAX_VALUE : nextAt,
                row.number(4),
                row.small(5),
                row.number(6),
                row.number(7),
                row.number(8),
                row.textOrNull(9));
    }

    private record Change(
            long account,
            long nextAt,
            long highCall,
            @Nullable LaneState saved) {
        Change and(long at, long call) {
            return new Change(account, Math.min(nextAt, at), Math.max(highCall, call), saved);
        }
    }
}
