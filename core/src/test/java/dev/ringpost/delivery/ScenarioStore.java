package dev.ringpost.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a database holds of deliveries that wait, by endpoint, so that 100 000 of one are no burden. */
final class ScenarioStore {
    private final Map<Key, Delivery> fresh =
            new TreeMap<>(Comparator.comparingLong(Key::event).thenComparingLong(Key::endpoint));
    private final Map<Key, Queued> rows = new HashMap<>();
    private final Map<Long, Map<Rank, SortedSet<Queued>>> queues = new HashMap<>();
    private final Map<Long, LaneState> lanes = new HashMap<>();

    private record Key(long event, long endpoint) {
        static Key of(Delivery delivery) {
            return new Key(delivery.event(), delivery.endpoint());
        }
    }

    void insert(Delivery delivery) {
        fresh.put(Key.of(delivery), delivery);
    }

    List<Delivery> fresh() {
        return List.copyOf(fresh.values());
    }

    List<Queued> queued() {
        return List.copyOf(rows.values());
    }

    int waiting() {
        return fresh.size() + rows.size();
    }

    LaneState lane(long endpoint) {
        return lanes.getOrDefault(endpoint, new LaneState(endpoint, 1, Long.MAX_VALUE, 0, Health.UNKNOWN));
    }

    List<LaneState> waitingLanes() {
        return lanes.values().stream()
                .filter(lane -> lane.nextAt() != Long.MAX_VALUE || lane.health().probeAt() != 0)
                .sorted(Comparator.comparingLong(LaneState::endpoint))
                .toList();
    }

    void apply(LaneWrite write) {
        switch (write) {
            case LaneWrite.Finish finish -> remove(finish.delivery());
            case LaneWrite.Retry retry -> {
                Queued before = remove(retry.delivery());
                long replay = before == null ? 0 : before.replay();
                add(new Queued(retry.delivery(), retry.rank(), retry.dueAt(), retry.attempts(), retry.step(), replay));
                wake(retry.delivery(), retry.dueAt());
            }
            case LaneWrite.Spill(Delivery delivery) -> {
                remove(delivery);
                add(new Queued(delivery, Rank.UNTRIED, 0, 0, 0));
                wake(delivery, 0);
            }
            case LaneWrite.Save(LaneState state) -> lanes.put(state.endpoint(), state);
        }
    }

    private void wake(Delivery delivery, long at) {
        LaneState old = lane(delivery.endpoint());
        lanes.put(
                delivery.endpoint(),
                new LaneState(
                        delivery.endpoint(),
                        delivery.account(),
                        Math.min(old.nextAt(), at),
                        Math.max(old.highCall(), delivery.call()),
                        old.health()));
    }

    private void add(Queued row) {
        rows.put(Key.of(row.delivery()), row);
        ofRank(row.delivery().endpoint(), row.rank()).add(row);
    }

    private @Nullable Queued remove(Delivery delivery) {
        fresh.remove(Key.of(delivery));
        Queued row = rows.remove(Key.of(delivery));
        if (row != null) {
            ofRank(delivery.endpoint(), row.rank()).remove(row);
        }
        return row;
    }

    Backlogged head(Effect.Load load) {
        if (load.strict()) {
            throw new UnsupportedOperationException("Scenarios have no strict order");
        }
        return new Backlogged(
                load.endpoint(),
                part(load, Rank.UNTRIED),
                part(load, Rank.TRIED),
                part(load, Rank.REPLAYED),
                part(load, Rank.ASKED));
    }

    private Backlogged.Part part(Effect.Load load, Rank rank) {
        int limit = load.limits().of(rank);
        List<Queued> some = new ArrayList<>();
        for (Queued row : ofRank(load.endpoint(), rank)) {
            if (some.size() == limit) {
                return new Backlogged.Part(some, row.dueAt());
            }
            some.add(row);
        }
        return new Backlogged.Part(some, Long.MAX_VALUE);
    }

    private SortedSet<Queued> ofRank(long endpoint, Rank rank) {
        return queues.computeIfAbsent(endpoint, no -> new EnumMap<>(Rank.class))
                .computeIfAbsent(
                        rank,
                        each -> new TreeSet<>(Comparator.comparingLong(Queued::dueAt)
                                .thenComparingLong(row -> row.delivery().event())));
    }
}
