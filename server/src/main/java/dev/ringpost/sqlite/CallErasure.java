package dev.ringpost.sqlite;

import java.util.List;

/** Works off what an erased call left: nothing of it can be read any more. */
final class CallErasure {
    private static final int EVENTS = 100;

    private final Database database;
    private final Cancellation cancellation;

    CallErasure(Database database, Cancellation cancellation) {
        this.database = database;
        this.cancellation = cancellation;
    }

    /** How many rows were changed; 0: nothing is left. */
    int slice(long call, int rows) {
        List<EventRow> events = database.query(
                "select " + EventRow.COLUMNS + " from events where call = ? order by no limit ?",
                EventRow::read,
                call,
                Math.min(rows, EVENTS));
        if (events.isEmpty()) {
            return ReportKeyRows.deleteOf(database, List.of(call), rows);
        }
        int cancelled = cancellation.cancel(events, rows);
        if (cancelled > 0) {
            return cancelled;
        }
        List<AttemptKey> logged = database.query(
                "select " + AttemptKey.COLUMNS + " from json_each(?) n cross join attempts a on a.event = n.value"
                        + " where a.call is not null limit ?",
                AttemptKey::read,
                NumberList.of(events.stream().map(EventRow::no).toList()),
                rows);
        if (!logged.isEmpty()) {
            AttemptKey.forgetCall(database, logged);
            return logged.size();
        }
        EventRow.delete(database, events);
        return events.size();
    }
}
