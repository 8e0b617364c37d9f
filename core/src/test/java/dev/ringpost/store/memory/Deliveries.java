package dev.ringpost.store.memory;

import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Queued;
import dev.ringpost.delivery.Rank;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.store.LoggedAttempt.Status;
import dev.ringpost.store.Replay;
import dev.ringpost.store.SweepSlice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Deliveries that have not ended, in the one place where each stands, and the engine's changes to them. */
final class Deliveries {
    private final Undo undo;
    private final Log log;
    private final Replays replays;
    private final LongPredicate hasKey;
    private final List<DeliveryChange> changes = new ArrayList<>();
    private final Map<Long, Queue> queues = new HashMap<>();

    final Table<DeliveryKey, Delivery> fresh;
    final Table<Long, LaneRow> lanes;

    /** @param hasKey whether the call of this number is not erased */
    Deliveries(Undo undo, Log log, Replays replays, LongPredicate hasKey) {
        this.undo = undo;
        this.log = log;
        this.replays = replays;
        this.hasKey = hasKey;
        this.fresh = new Table<>(undo);
        this.lanes = new Table<>(undo);
    }

    /** What changed since this was last asked; undone changes are no changes. */
    List<DeliveryChange> takeChanges() {
        List<DeliveryChange> taken = List.copyOf(changes);
        changes.clear();
        return taken;
    }

    void insertFresh(Delivery delivery) {
        fresh.insert(DeliveryKey.of(delivery), delivery);
        changes.add(new DeliveryChange.Made(delivery));
    }

    Queue queue(long endpoint) {
        return queues.computeIfAbsent(endpoint, no -> new Queue(undo));
    }

    Map<Long, Queue> queues() {
        return queues;
    }

    LaneRow lane(long endpoint, long account) {
        LaneRow lane = lanes.get(endpoint);
        return lane == null ? LaneRow.empty(endpoint, account) : lane;
    }

    private void set(LaneRow lane) {
        lanes.put(lane.state().endpoint(), lane);
    }

    boolean waits(DeliveryKey key) {
        return fresh.has(key) || queue(key.endpoint()).get(key.event()) != null;
    }

    void apply(LaneWrite write) {
        switch (write) {
            case LaneWrite.Finish finish -> finish(finish);
            case LaneWrite.Retry retry -> retry(retry);
            case LaneWrite.Spill(Delivery delivery) -> spill(delivery);
            case LaneWrite.Save(LaneState state) ->
                set(lane(state.endpoint(), state.account()).saved(state));
        }
    }

    private void finish(LaneWrite.Finish finish) {
        Delivery delivery = finish.delivery();
        if (leave(delivery, finish.attemptsBefore(), finish.end() == DeliveryEnd.SUCCEEDED)) {
            log.add(delivery, Log.status(finish.end()), true, finish.attempts(), finish.result(), null);
            changes.add(new DeliveryChange.Ended(delivery, finish.end()));
        } else if (!hasKey.test(delivery.call()) && finish.result() != null) {
            log.add(delivery, Log.status(finish.end()), false, finish.attempts(), finish.result(), null);
        }
    }

    private void retry(LaneWrite.Retry retry) {
        Delivery delivery = retry.delivery();
        boolean erased = !hasKey.test(delivery.call());
        if (erased) {
            boolean isFinal = leave(delivery, retry.attemptsBefore(), false);
            log.add(delivery, Status.FAILED, isFinal, retry.attempts(), retry.result(), null);
            if (isFinal) {
                changes.add(new DeliveryChange.Ended(delivery, DeliveryEnd.GAVE_UP));
            }
            return;
        }
        DeliveryKey key = DeliveryKey.of(delivery);
        Queue.Row row = queue(delivery.endpoint()).get(delivery.event());
        boolean wasFresh = retry.attemptsBefore() == 0 && fresh.remove(key) != null;
        if (!wasFresh && (row == null || row.queued().attempts() != retry.attemptsBefore())) {
            return;
        }
        long replay = row == null ? 0 : row.queued().replay();
        enqueue(
                new Queued(delivery, retry.rank(), retry.dueAt(), retry.attempts(), retry.step(), replay),
                retry.failedAt(),
                false);
        set(lane(delivery.endpoint(), delivery.account()).due(retry.dueAt(), delivery.call()));
        log.add(delivery, Status.FAILED, false, retry.attempts(), retry.result(), retry.dueAt());
    }

    private void spill(Delivery delivery) {
        if (fresh.remove(DeliveryKey.of(delivery)) == null) {
            return;
        }
        if (!hasKey.test(delivery.call())) {
            cancelled(delivery);
            return;
        }
        enqueue(new Queued(delivery, Rank.UNTRIED, 0, 0, 0), 0, false);
        set(lane(delivery.endpoint(), delivery.account()).due(0, delivery.call()));
    }

    private void enqueue(Queued row, long failedAt, boolean again) {
        Delivery delivery = row.delivery();
        boolean isNew = queue(delivery.endpoint()).get(delivery.event()) == null;
        queue(delivery.endpoint()).put(new Queue.Row(row, failedAt));
        if (isNew) {
            set(lane(delivery.endpoint(), delivery.account()).more(1));
        }
        changes.add(new DeliveryChange.Waits(row, failedAt, again));
    }

    /** Takes it from where it stands, if it stands there with so many attempts. */
    private boolean leave(Delivery delivery, int attempts, boolean succeeded) {
        if (attempts == 0 && fresh.remove(DeliveryKey.of(delivery)) != null) {
            return true;
        }
        Queue.Row row = queue(delivery.endpoint()).get(delivery.event());
        if (row == null || row.queued().attempts() != attempts) {
            return false;
        }
        dequeue(row, succeeded);
        return true;
    }

    private void dequeue(Queue.Row row, boolean succeeded) {
        Delivery delivery = row.queued().delivery();
        queue(delivery.endpoint()).remove(delivery.event());
        set(lane(delivery.endpoint(), delivery.account()).more(-1));
        if (row.queued().replay() != 0) {
            replays.ended(row.queued().replay(), succeeded);
        }
    }

    private void cancelled(Delivery delivery) {
        log.add(delivery, Status.CANCELLED, true, 0, null, null);
        changes.add(new DeliveryChange.Ended(delivery, DeliveryEnd.CANCELLED));
    }

    /** Its event goes: it ends, whatever the engine knows of it. False where it does not wait. */
    boolean drop(DeliveryKey key, boolean logged) {
        Queue.Row row = queue(key.endpoint()).get(key.event());
        Delivery delivery = row == null ? fresh.remove(key) : row.queued().delivery();
        if (delivery == null) {
            return false;
        }
        if (row != null) {
            dequeue(row, false);
        }
        if (logged) {
            cancelled(delivery);
        } else {
            changes.add(new DeliveryChange.Ended(delivery, DeliveryEnd.CANCELLED));
        }
        return true;
    }

    /** Where deliveries of this event of the call wait. */
    List<DeliveryKey> waitingOf(long event) {
        List<DeliveryKey> found = new ArrayList<>(fresh.sorted()
                .subMap(new DeliveryKey(event, 0), true, new DeliveryKey(event, Long.MAX_VALUE), true)
                .keySet());
        queues.forEach((endpoint, queue) -> {
            if (queue.get(event) != null) {
                found.add(new DeliveryKey(event, endpoint));
            }
        });
        return found;
    }

    LaneState ask(Delivery delivery, Instant now) {
        DeliveryKey key = DeliveryKey.of(delivery);
        boolean wasFresh = fresh.remove(key) != null;
        Queue.Row row = queue(delivery.endpoint()).get(delivery.event());
        boolean again = !wasFresh && row == null;
        int attempts = row != null ? row.queued().attempts() : again ? log.attempts(key) : 0;
        enqueue(
                new Queued(
                        delivery,
                        Rank.ASKED,
                        now.toEpochMilli(),
                        attempts,
                        0,
                        row == null ? 0 : row.queued().replay()),
                row == null ? 0 : row.failedAt(),
                again);
        set(lane(delivery.endpoint(), delivery.account()).due(0, delivery.call()));
        return lane(delivery.endpoint(), delivery.account()).state();
    }

    Optional<LaneState> queueReplay(Replay replay, List<Delivery> wanted, long position) {
        @Nullable Delivery queued = null;
        int count = 0;
        for (Delivery delivery : wanted) {
            DeliveryKey key = DeliveryKey.of(delivery);
            if (!waits(key)) {
                enqueue(new Queued(delivery, Rank.REPLAYED, 0, log.attempts(key), 0, replay.no()), 0, true);
                set(lane(delivery.endpoint(), delivery.account()).due(0, delivery.call()));
                queued = delivery;
                count++;
            }
        }
        replays.advance(replay.no(), position, count);
        return queued == null
                ? Optional.empty()
                : Optional.of(lane(queued.endpoint(), queued.account()).state());
    }

    int makeDue(long endpoint, Instant failedBefore, int limit) {
        long now = failedBefore.toEpochMilli();
        int changed = 0;
        for (Rank rank : List.of(Rank.TRIED, Rank.REPLAYED)) {
            for (Queue.Row row : List.copyOf(queue(endpoint).ofRank(rank))) {
                Queued queued = row.queued();
                if (changed < limit && queued.dueAt() > now && row.failedAt() <= now) {
                    enqueue(
                            new Queued(queued.delivery(), rank, now, queued.attempts(), queued.step(), queued.replay()),
                            row.failedAt(),
                            false);
                    changed++;
                }
            }
        }
        LaneRow lane = lanes.get(endpoint);
        if (changed > 0 && lane != null) {
            set(lane.wakes(now));
        }
        return changed;
    }

    SweepSlice covered(Sweep.Cancel sweep, long endpoint, long afterEvent, int limit) {
        List<Queued> rows = new ArrayList<>();
        for (Queue.Row row : queue(endpoint).rows().tailMap(afterEvent, false).values()) {
            Queued queued = row.queued();
            if (sweep.covers(queued.delivery(), queued.replay())) {
                rows.add(queued);
                if (rows.size() == limit) {
                    return new SweepSlice(rows, row.event());
                }
            }
        }
        return new SweepSlice(rows, Long.MAX_VALUE);
    }

    long waiting(long endpoint) {
        return Objects.requireNonNullElse(lanes.get(endpoint), LaneRow.empty(endpoint, 0))
                .waiting();
    }
}
