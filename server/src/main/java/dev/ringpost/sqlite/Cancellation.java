package dev.ringpost.sqlite;

import static dev.ringpost.sqlite.Database.row;

import dev.ringpost.delivery.Delivery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Ends what waits of events that go, whatever the engine knows of it. */
final class Cancellation {
    private final Database database;
    private final AttemptRows attempts;
    private final CallKeyRows keys;

    Cancellation(Database database, AttemptRows attempts, CallKeyRows keys) {
        this.database = database;
        this.attempts = attempts;
        this.keys = keys;
    }

    /** Ends at most about so many deliveries as cancelled; how many. */
    int cancel(List<EventRow> events, int rows) {
        List<Delivery> ended = drop(events, rows);
        if (!ended.isEmpty()) {
            Set<Long> calls = new HashSet<>();
            ended.forEach(delivery -> calls.add(delivery.call()));
            attempts.write(ended.stream().map(attempts::cancelled).toList(), keys.of(calls));
        }
        return ended.size();
    }

    /** Takes at most about so many deliveries away. */
    List<Delivery> drop(List<EventRow> events, int rows) {
        if (events.isEmpty()) {
            return List.of();
        }
        String numbers = NumberList.of(events.stream().map(EventRow::no).toList());
        List<Delivery> fresh = database.query(
                "select " + columns("f") + " from json_each(?) n cross join fresh f on f.event = n.value limit ?",
                DeliveryRows::read,
                numbers,
                rows);
        List<Delivery> queued = database.query(
                "select " + columns("q") + " from json_each(?) n cross join events e on e.no = n.value"
                        + " cross join queue q on q.call = e.call and q.event = e.no limit ?",
                DeliveryRows::read,
                numbers,
                rows);
        database.updateEach(
                "delete from fresh where event = ? and endpoint = ?",
                fresh,
                delivery -> row(delivery.event(), delivery.endpoint()));
        database.updateEach(
                "delete from queue where call = ? and endpoint = ? and event = ?",
                queued,
                delivery -> row(delivery.call(), delivery.endpoint(), delivery.event()));
        List<Delivery> all = new ArrayList<>(fresh);
        all.addAll(queued);
        return all;
    }

    private static String columns(String table) {
        return table + "." + DeliveryRows.COLUMNS.replace(", ", ", " + table + ".");
    }
}
