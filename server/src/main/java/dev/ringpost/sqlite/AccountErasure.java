package dev.ringpost.sqlite;

import static dev.ringpost.sqlite.Database.row;

import java.util.List;

/** Works off what an erased account left: first its calls' keys, so that nothing can be read, then all rows. */
final class AccountErasure {
    private final Database database;
    private final CallKeyRows keys;
    private final CallRows callRows;
    private final Cancellation cancellation;
    private final CountRows counts;

    AccountErasure(Database database, CallKeyRows keys, CallRows callRows, Cancellation cancellation) {
        this.database = database;
        this.keys = keys;
        this.callRows = callRows;
        this.cancellation = cancellation;
        this.counts = new CountRows(database);
    }

    /** How many rows were changed; 0: nothing is left. */
    int slice(long account, int rows) {
        int changed = calls(account, rows);
        changed = changed > 0 ? changed : events(account, rows);
        changed = changed > 0 ? changed : attempts(account, rows);
        changed = changed > 0 ? changed : endpoints(account, rows);
        changed = changed > 0 ? changed : answers(account, rows);
        changed = changed > 0 ? changed : counts.forgetAccount(account, rows);
        return changed > 0 ? changed : erasedCalls(account, rows);
    }

    /** Nothing comes any more: what the engine remembered last goes too. */
    void finish(long account) {
        database.update("delete from lanes where account = ?", account);
        database.update("delete from sweeps where account = ?", account);
    }

    private int calls(long account, int rows) {
        List<Long> calls = database.query(
                "select no from calls_by_account where account = ?1 and no <= " + LateIndexes.UPTO
                        + " union all select no from calls where account = ?1 and no > " + LateIndexes.UPTO
                        + " limit ?2",
                row -> row.number(1),
                account,
                rows);
        if (calls.isEmpty()) {
            return 0;
        }
        keys.overwrite(calls);
        int reportKeys = ReportKeyRows.deleteOf(database, calls, rows);
        if (reportKeys > 0) {
            return reportKeys;
        }
        database.updateEach("delete from timers where call = ?", calls, call -> row(call));
        callRows.delete(calls);
        return calls.size();
    }

    private int events(long account, int rows) {
        List<EventRow> events = database.query(
                "select e.no, e.call from events_by_account i cross join events e on e.no = i.no"
                        + " where i.account = ?1 and i.no <= " + LateIndexes.UPTO
                        + " union all select no, call from events where account = ?1 and no > " + LateIndexes.UPTO
                        + " limit ?2",
                EventRow::read,
                account,
                rows);
        int dropped = cancellation.drop(events, rows).size();
        if (dropped == 0) {
            EventRow.delete(database, events);
        }
        return dropped + events.size();
    }

    private int attempts(long account, int rows) {
        List<AttemptKey> logged = database.query(
                "select " + AttemptKey.COLUMNS + " from attempts_by_account a where a.account = ?1 and a.no <= "
                        + LateIndexes.UPTO + " union all select " + AttemptKey.COLUMNS
                        + " from recent_attempts a where a.account = ?1 and a.no > " + LateIndexes.UPTO + " limit ?2",
                AttemptKey::read,
                account,
                rows);
        AttemptKey.delete(database, logged);
        return logged.size();
    }

    private int endpoints(long account, int rows) {
        // A report that had got in may have made one since.
        database.update("update endpoints set live = 0, sealed = null where account = ? and live = 1", account);
        List<Long> endpoints = database.query(
                "select no from endpoints where account = ? and live = 0 limit ?", row -> row.number(1), account, rows);
        database.update("delete from sweeps where account = ?", account);
        database.update("delete from replays where account = ?", account);
        database.updateEach("delete from lanes where endpoint = ?", endpoints, no -> row(no));
        database.updateEach("delete from endpoints where no = ?", endpoints, no -> row(no));
        return endpoints.size();
    }

    private int answers(long account, int rows) {
        return database.update(
                "delete from answers where no in (select no from answers where account = ? limit ?)", account, rows);
    }

    private int erasedCalls(long account, int rows) {
        return database.update(
                "delete from erased where account = ?1 and hash in"
                        + " (select hash from erased where account = ?1 limit ?2)",
                account,
                rows);
    }
}
