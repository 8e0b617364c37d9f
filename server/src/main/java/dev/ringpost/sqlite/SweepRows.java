package dev.ringpost.sqlite;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Sweep;
import java.sql.SQLException;
import java.util.List;

/** The table {@code sweeps}. */
final class SweepRows {
    private static final int REPAIR = 1;
    private static final int UNSUBSCRIBED = 2;
    private static final int ERASED = 3;
    private static final int REPLAY_CANCELLED = 4;
    private static final long EVERYWHERE = 0;

    private SweepRows() {}

    static void insert(Database database, Sweep sweep) {
        switch (sweep) {
            case Sweep.Repair repair -> insert(database, sweep, repair.endpoint(), REPAIR, 0);
            case Sweep.Unsubscribed cancel ->
                insert(database, sweep, cancel.endpoint(), UNSUBSCRIBED, EventType.mask(cancel.types()));
            case Sweep.Erased cancel -> insert(database, sweep, EVERYWHERE, ERASED, cancel.call());
            case Sweep.ReplayCancelled cancel ->
                insert(database, sweep, cancel.endpoint(), REPLAY_CANCELLED, cancel.replay());
        }
    }

    private static void insert(Database database, Sweep sweep, long endpoint, int kind, long subject) {
        database.update(
                "insert into sweeps (no, account, endpoint, kind, subject) values (?, ?, ?, ?, ?)",
                sweep.no(),
                sweep.account(),
                endpoint,
                kind,
                subject);
    }

    static void delete(Database database, Sweep sweep) {
        database.update("delete from sweeps where no = ?", sweep.no());
    }

    static List<Sweep> all(Database database) {
        return database.query("select no, account, endpoint, kind, subject from sweeps order by no", SweepRows::read);
    }

    private static Sweep read(Row row) throws SQLException {
        long no = row.number(1);
        long account = row.number(2);
        long endpoint = row.number(3);
        return switch (row.small(4)) {
            case REPAIR -> new Sweep.Repair(no, account, endpoint);
            case UNSUBSCRIBED -> new Sweep.Unsubscribed(no, account, endpoint, EventType.ofMask(row.small(5)));
            case ERASED -> new Sweep.Erased(no, account, row.number(5));
            case REPLAY_CANCELLED -> new Sweep.ReplayCancelled(no, account, endpoint, row.number(5));
            default -> throw new IllegalStateException("An unknown kind of sweep: " + row.small(4));
        };
    }
}
