package dev.ringpost.store.memory;

import dev.ringpost.stats.Counted;
import dev.ringpost.stats.Counts;
import dev.ringpost.stats.Interval;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** What was counted, by interval. */
final class CountTable {
    private final Table<Key, Counts> rows;

    private record Key(Interval interval, Instant at, long account, long endpoint) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::interval)
                .thenComparing(Key::at)
                .thenComparingLong(Key::account)
                .thenComparingLong(Key::endpoint);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    CountTable(Undo undo) {
        this.rows = new Table<>(undo);
    }

    void add(Collection<Counted> counted) {
        for (Counted each : counted) {
            Key key = new Key(each.interval(), each.at(), each.account(), each.endpoint());
            rows.put(key, rows.find(key).orElse(Counts.NONE).plus(each.counts()));
        }
    }

    int forget(Interval interval, Instant before, int limit) {
        return remove(key -> key.interval() == interval && key.at().isBefore(before), limit);
    }

    int forgetAccount(long account, int limit) {
        return remove(key -> key.account() == account, limit);
    }

    List<Counted> counts(long account, long endpoint, Interval interval, Instant since, Instant until) {
        return rows.sorted().entrySet().stream()
                .map(row -> new Counted(
                        row.getKey().interval(),
                        row.getKey().at(),
                        row.getKey().account(),
                        row.getKey().endpoint(),
                        row.getValue()))
                .filter(row -> row.account() == account
                        && row.endpoint() == endpoint
                        && row.interval() == interval
                        && !row.at().isBefore(since)
                        && row.at().isBefore(until))
                .toList();
    }

    private int remove(Predicate<Key> chosen, int limit) {
        List<Key> gone =
                rows.sorted().keySet().stream().filter(chosen).limit(limit).toList();
        gone.forEach(rows::remove);
        return gone.size();
    }
}
