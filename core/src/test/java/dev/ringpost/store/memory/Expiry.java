package dev.ringpost.store.memory;

import dev.ringpost.call.Call;
import dev.ringpost.id.NumberSource;
import dev.ringpost.store.Event;
import dev.ringpost.store.LoggedAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Deletes what is older than the retention time, in slices. */
record Expiry(MemoryStore store) {
    /** An event's number is made within this time of the change that fired it: no event outlives its call's key. */
    private static final Duration NUMBER_SLACK = Duration.ofMinutes(1);

    boolean slice(Instant before, int rows) {
        long first = NumberSource.firstAt(before);
        List<Event> events = store.calls.events.sorted().headMap(first).values().stream()
                .limit(rows)
                .toList();
        for (Event event : events) {
            store.deliveries.waitingOf(event.no()).forEach(key -> store.deliveries.drop(key, true));
            store.calls.removeEvent(event);
        }
        List<LoggedAttempt> attempts = store.log.rows.sorted().headMap(first).values().stream()
                .filter(row -> row.event() < first)
                .limit(rows)
                .toList();
        attempts.forEach(store.log::remove);
        List<Call> calls = store.calls.rows.sorted().headMap(first).values().stream()
                .filter(call -> call.status().isOver() && call.updatedAt().isBefore(before.minus(NUMBER_SLACK)))
                .limit(rows)
                .toList();
        calls.forEach(call -> {
            store.calls.removeReportKeys(call.no());
            store.calls.remove(call);
        });
        return !events.isEmpty() || !attempts.isEmpty() || !calls.isEmpty();
    }
}
