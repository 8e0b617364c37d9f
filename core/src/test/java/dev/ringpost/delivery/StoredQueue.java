package dev.ringpost.delivery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a database holds of deliveries, with the rules that {@code Transaction.apply} and {@code Backlog} promise. */
final class StoredQueue {
    final Map<DeliveryKey, Delivery> fresh = new LinkedHashMap<>();
    final Map<DeliveryKey, Queued> queue = new HashMap<>();
    final Map<DeliveryKey, Long> failedAt = new HashMap<>();
    final Map<Long, LaneState> lanes = new HashMap<>();
    final Map<DeliveryKey, DeliveryEnd> ended = new HashMap<>();
    final Map<DeliveryKey, Integer> logged = new HashMap<>();
    /** By replay: how many of its deliveries have ended. */
    final Map<Long, Integer> replayed = new HashMap<>();

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
                Queued before = queue.get(DeliveryKey.of(finish.delivery()));
                if (remove(finish.delivery(), finish.attemptsBefore())) {
                    end(finish.delivery(), finish.attempts(), finish.end(), before == null ? 0 : before.replay());
                }
            }
            case LaneWrite.Retry retry -> retry(retry);
            case LaneWrite.Spill(Delivery delivery) -> {
                if (fresh.remove(DeliveryKey.of(delivery)) != null) {
                    queue.put(DeliveryKey.of(delivery), new Queued(delivery, Rank.UNTRIED, 0, 0, 0));
                    wake(delivery, 0);
                }
            }
            case LaneWrite.Save save -> lanes.put(save.endpoint(), save.state());
        }
    }

    private void retry(LaneWrite.Retry retry) {
        Delivery delivery = retry.delivery();
        DeliveryKey key = DeliveryKey.of(delivery);
        Queued before = queue.get(key);
        if (remove(delivery, retry.attemptsBefore())) {
            long replay = before == null ? 0 : before.replay();
            queue.put(key, new Queued(delivery, retry.rank(), retry.dueAt(), retry.attempts(), retry.step(), replay));
            failedAt.put(key, retry.failedAt());
            logged.put(key, retry.attempts());
            wake(delivery, retry.dueAt());
        }
    }

    private void end(Delivery delivery, int attempts, DeliveryEnd end, long replay) {
        ended.put(DeliveryKey.of(delivery), end);
        logged.put(DeliveryKey.of(delivery), attempts);
        if (replay != 0) {
            replayed.merge(replay, 1, Integer::sum);
        }
    }

    private boolean remove(Delivery delivery, int attemptsBefore) {
        DeliveryKey key = DeliveryKey.of(delivery);
        if (attemptsBefore == 0 && fresh.remove(key) != null) {
            return true;
        }
        Queued row = queue.get(key);
        if (row == null || row.attempts() != attemptsBefore) {
            return false;
        }
        queue.remove(key);
        return true;
    }

    /** Makes due what failed before; returns how many rows it changed. */
    int makeDue(long endpoint, long failedBefore, int limit) {
        List<Queued> waiting = queue.values().stream()
                .filter(row -> row.delivery().endpoint() == endpoint)
                .filter(row -> row.rank() == Rank.TRIED || row.rank() == Rank.REPLAYED)
                .filter(row -> row.dueAt() > failedBefore
                        && failedAt.getOrDefault(DeliveryKey.of(row.delivery()), 0L) <= failedBefore)
                .limit(limit)
                .toList();
        for (Queued row : waiting) {
            queue.put(
                    DeliveryKey.of(row.delivery()),
                    new Queued(row.delivery(), row.rank(), failedBefore, row.attempts(), row.step(), row.replay()));
            wake(row.delivery(), failedBefore);
        }
        return waiting.size();
    }

    /** Ends what the sweep covers; returns how many rows that were. */
    int cancel(Sweep.Cancel sweep, long endpoint, Set<Long> busy, int limit) {
        List<Queued> covered = queue.values().stream()
                .filter(row -> row.delivery().endpoint() == endpoint)
                .filter(row -> sweep.covers(row.delivery(), row.replay()))
                .filter(row -> !busy.contains(row.delivery().event()))
                .limit(limit)
                .toList();
        for (Queued row : covered) {
            apply(new LaneWrite.Finish(row.delivery(), row.attempts(), DeliveryEnd.CANCELLED, null));
        }
        return covered.size();
    }

    /** Somebody asks for a delivery, whatever became of it. */
    void ask(Delivery delivery, long now) {
        DeliveryKey key = DeliveryKey.of(delivery);
        fresh.remove(key);
        ended.remove(key);
        Queued row = queue.get(key);
        queue.put(
                key,
                new Queued(
                        delivery,
                        Rank.ASKED,
                        now,
                        row == null ? logged.getOrDefault(key, 0) : row.attempts(),
                        0,
                        row == null ? 0 : row.replay()));
        wake(delivery, 0);
    }

    /** A replay queues a delivery that has ended. */
    void replay(Delivery delivery, long replay) {
        DeliveryKey key = DeliveryKey.of(delivery);
        ended.remove(key);
        queue.put(key, new Queued(delivery, Rank.REPLAYED, 0, logged.getOrDefault(key, 0), 0, replay));
        failedAt.remove(key);
        wake(delivery, 0);
    }

    LaneState lane(long endpoint) {
        return lanes.getOrDefault(endpoint, new LaneState(endpoint, 7, Long.MAX_VALUE, 0, Health.UNKNOWN));
    }

    private void wake(Delivery delivery, long at) {
        LaneState old = lane(delivery.endpoint());
        lanes.put(
                delivery.endpoint(),
                new LaneState(
                        old.endpoint(),
                        old.account(),
                        Math.min(old.nextAt(), at),
                        Math.max(old.highCall(), delivery.call()),
                        old.health()));
    }

    Backlogged head(Effect.Load load) {
        return new Backlogged(
                load.endpoint(),
                part(load, Rank.UNTRIED),
                part(load, Rank.TRIED),
                part(load, Rank.REPLAYED),
                part(load, Rank.ASKED));
    }

    private Backlogged.Part part(Effect.Load load, Rank rank) {
        List<Queued> rows = new ArrayList<>();
        for (Queued row : queue.values()) {
            if (row.delivery().endpoint() == load.endpoint() && row.rank() == rank && !leavesOut(load, row)) {
                rows.add(row);
            }
        }
        rows.sort(Comparator.comparingLong(Queued::dueAt)
                .thenComparingLong(row -> row.delivery().event()));
        int limit = load.limits().of(rank);
        return rows.size() > limit
                ? new Backlogged.Part(
                        List.copyOf(rows.subList(0, limit)), rows.get(limit).dueAt())
                : new Backlogged.Part(rows, Long.MAX_VALUE);
    }

    private boolean leavesOut(Effect.Load load, Queued row) {
        return load.strict()
                && switch (row.rank()) {
                    case UNTRIED -> isBehind(row, Rank.TRIED);
                    case REPLAYED -> isBehind(row, Rank.REPLAYED);
                    case TRIED, ASKED -> false;
                };
    }

    private boolean isBehind(Queued row, Rank rank) {
        return queue.values().stream()
                .anyMatch(other -> other.rank() == rank
                        && other.delivery().endpoint() == row.delivery().endpoint()
                        && other.delivery().call() == row.delivery().call()
                        && other.delivery().event() < row.delivery().event());
    }

    boolean holds(Delivery delivery) {
        return fresh.containsKey(DeliveryKey.of(delivery)) || queue.containsKey(DeliveryKey.of(delivery));
    }
}
