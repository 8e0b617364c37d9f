package dev.ringpost.sqlite;

import dev.ringpost.delivery.Rank;
import dev.ringpost.id.NumberSource;
import dev.ringpost.store.Page;
import dev.ringpost.store.PageRequest;
import dev.ringpost.store.WaitingDelivery;
import dev.ringpost.store.WaitingDelivery.Behind;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What has not ended, for users to read: {@code fresh} and {@code queue} as one list. */
final class WaitingRows {
    private static final String COLUMNS = "w.event, w.endpoint, w.account, w.call, w.seq, w.type, w.class, w.at,"
            + " w.attempts,"
            + " exists (select 1 from queue t where t.call = w.call and t.endpoint = w.endpoint and t.class = 0"
            + " and t.event < w.event),"
            + " exists (select 1 from queue t where t.call = w.call and t.endpoint = w.endpoint and t.class = 1"
            + " and t.event < w.event)";

    private static final String FRESH =
            "select event, endpoint, account, call, seq, type, 0 as class, 0 as at," + " 0 as attempts from fresh";
    private static final String QUEUE =
            "select event, endpoint, account, call, seq, type, class, at, attempts from queue";

    private WaitingRows() {}

    static Page<WaitingDelivery> page(
            Database database, long account, long endpoint, Set<Long> but, PageRequest request) {
        return new Listing<>(COLUMNS, " from (" + FRESH + " union all " + QUEUE + ") w", "w.event", WaitingRows::read)
                .where("w.endpoint = ? and w.account = ?", endpoint, account)
                .where("w.event not in (select value from json_each(?))", NumberList.of(but))
                .page(database, request);
    }

    static Optional<WaitingDelivery> one(Database database, long account, long event, long endpoint) {
        return database.first(
                "select " + COLUMNS + " from (" + FRESH + " where event = ? and endpoint = ? union all " + QUEUE
                        + " where event = ? and endpoint = ?) w where w.account = ?",
                WaitingRows::read,
                event,
                endpoint,
                event,
                endpoint,
                account);
    }

    private static WaitingDelivery read(Row row) throws SQLException {
        Rank rank = Rank.ofCode(row.small(7));
        long event = row.number(1);
        Instant made = NumberSource.timeOf(event);
        boolean timed = rank != Rank.UNTRIED && row.number(8) > 0;
        Behind behind = row.flag(10) ? Behind.UNTRIED : row.flag(11) ? Behind.TRIED : Behind.NOTHING;
        return new WaitingDelivery(DeliveryRows.read(row), rank, row.small(9), timed ? row.time(8) : made, behind);
    }
}
