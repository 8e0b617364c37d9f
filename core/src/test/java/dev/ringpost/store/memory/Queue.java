package dev.ringpost.store.memory;

import dev.ringpost.delivery.Backlogged;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.Queued;
import dev.ringpost.delivery.Rank;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One endpoint's deliveries that failed or are held back. */
final class Queue {
    private static final Comparator<Row> IN_ORDER =
            Comparator.<Row>comparingLong(row -> row.queued().dueAt()).thenComparingLong(Row::event);

    private final TreeMap<Long, Row> byEvent = new TreeMap<>();
    private final Map<Rank, TreeSet<Row>> byRank = new HashMap<>();
    private final Map<Long, TreeMap<Long, Row>> byCall = new HashMap<>();
    private final Undo undo;

    /** @param failedAt when its last attempt failed; 0: never */
    record Row(Queued queued, long failedAt) {
        long event() {
            return queued.delivery().event();
        }

        long call() {
            return queued.delivery().call();
        }
    }

    Queue(Undo undo) {
        this.undo = undo;
        for (Rank rank : Rank.values()) {
            byRank.put(rank, new TreeSet<>(IN_ORDER));
        }
    }

    boolean isEmpty() {
        return byEvent.isEmpty();
    }

    NavigableMap<Long, Row> rows() {
        return byEvent;
    }

    @Nullable
    Row get(long event) {
        return byEvent.get(event);
    }

    void put(Row row) {
        Row before = swap(row.event(), row);
        undo.add(() -> swap(row.event(), before));
    }

    @Nullable
    Row remove(long event) {
        Row before = swap(event, null);
        if (before != null) {
            undo.add(() -> swap(event, before));
        }
        return before;
    }

    private @Nullable Row swap(long event, @Nullable Row row) {
        Row before = byEvent.remove(event);
        if (before != null) {
            ofRank(before.queued().rank()).remove(before);
            TreeMap<Long, Row> call = Objects.requireNonNull(byCall.get(before.call()));
            call.remove(event);
            if (call.isEmpty()) {
                byCall.remove(before.call());
            }
        }
        if (row != null) {
            byEvent.put(event, row);
            ofRank(row.queued().rank()).add(row);
            byCall.computeIfAbsent(row.call(), no -> new TreeMap<>()).put(event, row);
        }
        return before;
    }

    Set<Row> ofRank(Rank rank) {
        return Objects.requireNonNull(byRank.get(rank));
    }

    /** An earlier one of its call that stands in this rank. */
    boolean isBehind(Row row, Rank rank) {
        return byCall.getOrDefault(row.call(), new TreeMap<>()).headMap(row.event()).values().stream()
                .anyMatch(other -> other.queued().rank() == rank);
    }

    boolean holds(long call) {
        return byCall.containsKey(call);
    }

    Backlogged head(Effect.Load load) {
        return new Backlogged(
                load.endpoint(),
                part(load, Rank.UNTRIED, Rank.TRIED),
                part(load, Rank.TRIED, null),
                part(load, Rank.REPLAYED, Rank.REPLAYED),
                part(load, Rank.ASKED, null));
    }

    /** @param before with strict ordering: what of this rank holds back its call */
    private Backlogged.Part part(Effect.Load load, Rank rank, @Nullable Rank before) {
        int limit = load.limits().of(rank);
        List<Queued> rows = new ArrayList<>();
        for (Row row : ofRank(rank)) {
            if (before == null || !load.strict() || !isBehind(row, before)) {
                if (rows.size() == limit) {
                    return new Backlogged.Part(rows, row.queued().dueAt());
                }
                rows.add(row.queued());
            }
        }
        return new Backlogged.Part(rows, Long.MAX_VALUE);
    }
}
