package dev.ringpost.sqlite;

import dev.ringpost.id.NumberSource;
import dev.ringpost.store.BacklogSize;

/**
 * Counts the table {@code queue} by its lanes, which know how many rows they have: so the time depends on the number of
 * endpoints and not on how much waits for them. Slices keep each question short.
 */
final class QueueCount {
    private static final int LANES = 1000;

    private static final String SLICE = "select coalesce(max(endpoint), 0), coalesce(sum(waiting), 0),"
            + " coalesce(min((select min(q.event) from queue q where q.endpoint = l.endpoint)), 0)"
            + " from (select endpoint, waiting from lanes where endpoint > ? order by endpoint limit ?) l";

    private record Slice(long lastEndpoint, long deliveries, long oldestEvent) {}

    private QueueCount() {}

    static BacklogSize.Part count(Readers readers) {
        long deliveries = 0;
        long oldest = Long.MAX_VALUE;
        Slice slice = after(readers, Long.MIN_VALUE);
        while (slice.lastEndpoint() != 0) {
            deliveries += slice.deliveries();
            oldest = slice.oldestEvent() == 0 ? oldest : Math.min(oldest, slice.oldestEvent());
            slice = after(readers, slice.lastEndpoint());
        }
        return new BacklogSize.Part(deliveries, oldest == Long.MAX_VALUE ? null : NumberSource.timeOf(oldest));
    }

    private static Slice after(Readers readers, long endpoint) {
        return readers.read(database -> database.first(
                        SLICE, row -> new Slice(row.number(1), row.number(2), row.number(3)), endpoint, LANES))
                .orElseThrow();
    }
}
