package dev.ringpost.delivery;

import dev.ringpost.call.EventType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a database holds of deliveries, with the rules that {@code Transaction.apply} and {@code Backlog} promise. */
final class StoredQueue {
    final Map<DeliveryKey, Delivery> fresh = new LinkedHashMap<>();
    final Map<DeliveryKey, Queued> queue = new HashMap<>();
    final Map<Long, LaneState> lanes = new HashMap<>();
    final Map<DeliveryKey, DeliveryEnd> ended = new HashMap<>();

    record DeliveryKey(long event, long endpoint) {
        static DeliveryKey of(Delivery delivery) {
            return new DeliveryKey(delivery.event(), delivery.endpoint());
        }
    }

    void insert(Delivery delivery) {
        fresh.put(DeliveryKey.of(delivery), delivery);
    }

    void apply(LaneWrite write) {
        switch (write) {
            case LaneWrite.Finish finish -> {
                if (remove(finish.delivery(), finish.from())) {
                    ended.put(DeliveryKey.of(finish.delivery()), finish.end());
                }
            }
            case LaneWrite.Retry retry -> {
                Delivery delivery = retry.delivery();
                if (remove(delivery, retry.from())) {
                    queue.put(
                            DeliveryKey.of(delivery),
                            new Queued(delivery, new Place.Tried(retry.dueAt()), retry.attempts(), retry.step()));
                    wake(delivery, retry.dueAt(), delivery.call());
                }
            }
            case LaneWrite.Spill spill -> {
                Delivery delivery = spill.delivery();
                if (fresh.remove(DeliveryKey.of(delivery)) != null) {
                    queue.put(DeliveryKey.of(delivery), new Queued(delivery, Place.UNTRIED, 0, 0));
                    wake(delivery, 0, delivery.call());
                }
            }
            case LaneWrite.Save save -> lanes.put(save.endpoint(), save.state());
        }
    }

    private boolean remove(Delivery delivery, Place from) {
        DeliveryKey key = DeliveryKey.of(delivery);
        if (from instanceof Place.Fresh) {
            return fresh.remove(key) != null;
        }
        Queued row = queue.get(key);
        if (row == null || !row.place().equals(from)) {
            return false;
        }
        queue.remove(key);
        return true;
    }

    private void wake(Delivery delivery, long at, long highCall) {
        lanes.merge(
                delivery.endpoint(),
                new LaneState(delivery.endpoint(), delivery.account(), at, highCall, 0, 0, 0, 0, null),
                (old, now) -> new LaneState(
                        old.endpoint(),
                        old.account(),
                        Math.min(old.nextAt(), now.nextAt()),
                        Math.max(old.highCall(), now.highCall()),
                        old.failures(),
                        old.probeAt(),
                        old.lastSuccessAt(),
                        old.lastFailureAt(),
                        old.lastError()));
    }

    Backlogged head(Effect.Load load) {
        List<Queued> untried = new ArrayList<>();
        List<Queued> tried = new ArrayList<>();
        for (Queued row : queue.values()) {
            if (row.delivery().endpoint() == load.endpoint()) {
                if (row.place() instanceof Place.Tried) {
                    tried.add(row);
                } else if (!load.strict() || !isBehindTried(row)) {
                    untried.add(row);
                }
            }
        }
        untried.sort(Comparator.comparingLong(row -> row.delivery().event()));
        tried.sort(Comparator.comparingLong(Queued::dueAt)
                .thenComparingLong(row -> row.delivery().event()));
        return new Backlogged(
                load.endpoint(),
                List.copyOf(untried.subList(0, Math.min(load.untried(), untried.size()))),
                untried.size() > load.untried(),
                List.copyOf(tried.subList(0, Math.min(load.tried(), tried.size()))),
                tried.size() > load.tried() ? tried.get(load.tried()).dueAt() : Long.MAX_VALUE);
    }

    private boolean isBehindTried(Queued row) {
        return queue.values().stream()
                .anyMatch(other -> other.place() instanceof Place.Tried
                        && other.delivery().endpoint() == row.delivery().endpoint()
                        && other.delivery().call() == row.delivery().call()
                        && other.delivery().event() < row.delivery().event());
    }

    boolean holds(Delivery delivery) {
        return fresh.containsKey(DeliveryKey.of(delivery)) || queue.containsKey(DeliveryKey.of(delivery));
    }

    /** The greatest of the call's partials' rivals: is there a later event that overtakes this partial? */
    static boolean overtakes(Delivery later, Delivery partial) {
        return later.endpoint() == partial.endpoint()
                && later.call() == partial.call()
                && later.event() > partial.event()
                && (later.type() == EventType.TRANSCRIPT_PARTIAL || later.type().endsCall());
    }
}
