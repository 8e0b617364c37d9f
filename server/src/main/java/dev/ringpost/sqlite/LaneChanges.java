package dev.ringpost.sqlite;

import static dev.ringpost.sqlite.Database.row;

import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.Health;
import dev.ringpost.delivery.LaneState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the changes of a batch mean for the lanes of their endpoints: each lane is written once. */
final class LaneChanges {
    static final String COLUMNS = "l.endpoint, l.account, l.next_at, l.high_call, l.failures, l.probe_at,"
            + " l.last_success_at, l.last_failure_at, l.last_error, l.failing_since, l.failing_days";

    private final Map<Long, Change> changes = new LinkedHashMap<>();

    /** A delivery of the queue may run at {@code at}. */
    void due(Delivery delivery, long at) {
        change(new Change(delivery.endpoint(), delivery.account(), at, delivery.call(), 0, null));
    }

    /** So many more deliveries are in the lane's queue; negative: fewer. */
    void waiting(Delivery delivery, int more) {
        change(new Change(delivery.endpoint(), delivery.account(), Long.MAX_VALUE, 0, more, null));
    }

    /** The engine says how the lane is: overwrites what was there, but for the length of its queue. */
    void saved(LaneState state) {
        Change before = changes.get(state.endpoint());
        int more = before == null ? 0 : before.more();
        changes.put(
                state.endpoint(),
                new Change(state.endpoint(), state.account(), state.nextAt(), state.highCall(), more, state.health()));
    }

    private void change(Change change) {
        changes.merge(change.endpoint(), change, Change::and);
    }

    void write(Database database) {
        List<Change> saves = new ArrayList<>();
        List<Change> touches = new ArrayList<>();
        for (Change change : changes.values()) {
            (change.saved() == null ? touches : saves).add(change);
        }
        database.updateEach(
                "insert into lanes (endpoint, account, next_at, high_call, waiting) values (?, ?, ?, ?, ?)"
                        + " on conflict (endpoint) do update set"
                        + " next_at = coalesce(min(next_at, excluded.next_at), next_at, excluded.next_at),"
                        + " high_call = max(high_call, excluded.high_call), waiting = waiting + excluded.waiting",
                touches,
                touch -> row(touch.endpoint(), touch.account(), touch.nextAtOrNull(), touch.highCall(), touch.more()));
        database.updateEach(
                "insert into lanes (endpoint, account, next_at, high_call, waiting, failures, probe_at,"
                        + " last_success_at, last_failure_at, last_error, failing_since, failing_days)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict (endpoint) do update set next_at = excluded.next_at,"
                        + " high_call = excluded.high_call, waiting = waiting + excluded.waiting,"
                        + " failures = excluded.failures, probe_at = excluded.probe_at,"
                        // A lane that has only succeeded knows nothing of what was before.
                        + " last_success_at = max(last_success_at, excluded.last_success_at),"
                        + " last_error = case when excluded.last_failure_at > 0 then excluded.last_error"
                        + " else last_error end,"
                        + " last_failure_at = max(last_failure_at, excluded.last_failure_at),"
                        + " failing_since = excluded.failing_since, failing_days = excluded.failing_days",
                saves,
                LaneChanges::saved);
    }

    private static @Nullable Object[] saved(Change change) {
        Health health = Objects.requireNonNull(change.saved());
        return row(
                change.endpoint(),
                change.account(),
                change.nextAtOrNull(),
                change.highCall(),
                change.more(),
                health.failures(),
                health.probeAt(),
                health.lastSuccessAt(),
                health.lastFailureAt(),
                health.lastError(),
                health.failingSince(),
                health.failingDays());
    }

    static LaneState read(Row row) throws SQLException {
        Long nextAt = row.numberOrNull(3);
        return new LaneState(
                row.number(1),
                row.number(2),
                nextAt == null ? Long.MAX_VALUE : nextAt,
                row.number(4),
                new Health(
                        row.small(5),
                        row.number(6),
                        row.number(7),
                        row.number(8),
                        row.textOrNull(9),
                        row.number(10),
                        row.small(11)));
    }

    /** @param more how many rows the queue has more */
    private record Change(
            long endpoint,
            long account,
            long nextAt,
            long highCall,
            int more,
            @Nullable Health saved) {
        Change and(Change later) {
            return new Change(
                    endpoint,
                    account,
                    Math.min(nextAt, later.nextAt),
                    Math.max(highCall, later.highCall),
                    more + later.more,
                    saved);
        }

        @Nullable
        Long nextAtOrNull() {
            return nextAt == Long.MAX_VALUE ? null : nextAt;
        }
    }
}
