package dev.ringpost.sqlite;

import static dev.ringpost.sqlite.Database.row;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Queued;
import dev.ringpost.delivery.Rank;
import dev.ringpost.secret.CallKeys.CallKey;
import dev.ringpost.store.Replay;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Deliveries that have not ended, in the one place where each stands, and the engine's changes to them. */
final class DeliveryRows {
    static final String COLUMNS = "event, endpoint, account, call, seq, type";

    private final Database database;
    private final AttemptRows attempts;
    private final QueueRows queue;
    private final ReplayRows replays;
    private final CallKeyRows keys;

    DeliveryRows(Database database, AttemptRows attempts, ReplayRows replays, CallKeyRows keys) {
        this.database = database;
        this.attempts = attempts;
        this.queue = new QueueRows(database);
        this.replays = replays;
        this.keys = keys;
    }

    QueueRows queue() {
        return queue;
    }

    void insertFresh(Collection<Delivery> deliveries) {
        database.updateEach(
                "insert into fresh (event, endpoint, account, call, seq, type) values (?, ?, ?, ?, ?, ?)",
                deliveries,
                delivery -> row(
                        delivery.event(),
                        delivery.endpoint(),
                        delivery.account(),
                        delivery.call(),
                        delivery.sequence(),
                        delivery.type().code()));
    }

    /** Writes of different deliveries share their statements; the next write of the same delivery starts a new round. */
    void apply(Collection<LaneWrite> writes) {
        LaneChanges lanes = new LaneChanges();
        List<LaneWrite> round = new ArrayList<>(writes.size());
        Set<Key> touched = HashSet.newHashSet(writes.size());
        for (LaneWrite write : writes) {
            Delivery delivery = delivery(write);
            if (delivery != null && !touched.add(Key.of(delivery))) {
                applyRound(round, lanes);
                round.clear();
                touched.clear();
                touched.add(Key.of(delivery));
            }
            round.add(write);
        }
        applyRound(round, lanes);
        lanes.write(database);
    }

    private void applyRound(List<LaneWrite> round, LaneChanges lanes) {
        Map<Long, CallKey> calls = keysOfCalls(round);
        Set<Key> wereFresh = leaveFresh(round);
        Set<Key> wereQueued = leaveQueue(round, wereFresh, calls, lanes);
        List<Queued> queued = new ArrayList<>();
        List<AttemptRows.Attempt> logged = new ArrayList<>(round.size());
        for (LaneWrite write : round) {
            Delivery delivery = delivery(write);
            boolean isErased = delivery != null && !calls.containsKey(delivery.call());
            boolean wasFresh = delivery != null && wereFresh.contains(Key.of(delivery));
            if (delivery != null && !wasFresh && !wereQueued.contains(Key.of(delivery))) {
                if (isErased) {
                    attempts.ofErased(write).ifPresent(logged::add);
                }
                continue;
            }
            switch (write) {
                case LaneWrite.Finish finish -> logged.add(attempts.of(finish));
                case LaneWrite.Retry retry when isErased -> logged.add(attempts.lastOf(retry));
                case LaneWrite.Retry retry -> {
                    logged.add(attempts.of(retry));
                    lanes.due(retry.delivery(), retry.dueAt());
                    if (wasFresh) {
                        queued.add(QueueRows.of(retry));
                    }
                }
                case LaneWrite.Spill(Delivery spilled) when isErased -> logged.add(attempts.cancelled(spilled));
                case LaneWrite.Spill(Delivery spilled) -> {
                    queued.add(new Queued(spilled, Rank.UNTRIED, 0, 0, 0));
                    lanes.due(spilled, 0);
                }
                case LaneWrite.Save save -> lanes.saved(save.state());
            }
        }
        queue.insert(queued, failedAt(round), lanes);
        attempts.write(logged, calls);
    }

    private static Map<Key, Long> failedAt(List<LaneWrite> round) {
        Map<Key, Long> failedAt = new HashMap<>();
        for (LaneWrite write : round) {
            if (write instanceof LaneWrite.Retry retry) {
                failedAt.put(Key.of(retry.delivery()), retry.failedAt());
            }
        }
        return failedAt;
    }

    private Map<Long, CallKey> keysOfCalls(List<LaneWrite> round) {
        Set<Long> calls = new HashSet<>();
        for (LaneWrite write : round) {
            Delivery delivery = delivery(write);
            if (delivery != null) {
                calls.add(delivery.call());
            }
        }
        return calls.isEmpty() ? Map.of() : keys.of(calls);
    }

    /** Only what was never tried can stand there. */
    private Set<Key> leaveFresh(List<LaneWrite> round) {
        List<Delivery> untried = new ArrayList<>(round.size());
        for (LaneWrite write : round) {
            Delivery delivery = delivery(write);
            if (delivery != null && attemptsBefore(write) == 0) {
                untried.add(delivery);
            }
        }
        int[] gone = database.updateEach(
                "delete from fresh where event = ? and endpoint = ?",
                untried,
                delivery -> row(delivery.event(), delivery.endpoint()));
        Set<Key> left = HashSet.newHashSet(untried.size());
        for (int i = 0; i < gone.length; i++) {
            if (gone[i] > 0) {
                left.add(Key.of(untried.get(i)));
            }
        }
        return left;
    }

    /** Those that stood where their write said: the others are late or double results, and change nothing. */
    private Set<Key> leaveQueue(
            List<LaneWrite> round, Set<Key> wereFresh, Map<Long, CallKey> calls, LaneChanges lanes) {
        List<LaneWrite> ended = new ArrayList<>();
        List<LaneWrite.Retry> moved = new ArrayList<>();
        for (LaneWrite write : round) {
            Delivery delivery = delivery(write);
            if (delivery == null || wereFresh.contains(Key.of(delivery)) || write instanceof LaneWrite.Spill) {
                continue;
            }
            if (write instanceof LaneWrite.Retry retry && calls.containsKey(delivery.call())) {
                moved.add(retry);
            } else {
                ended.add(write);
            }
        }
        Set<Key> left = new HashSet<>();
        queue.move(moved).forEach(retry -> left.add(Key.of(retry.delivery())));
        if (!ended.isEmpty()) {
            Map<Key, Long> replayOf = replays.of(
                    ended.stream().map(write -> Key.of(requireDelivery(write))).toList());
            for (LaneWrite write : queue.remove(ended, lanes)) {
                Key key = Key.of(requireDelivery(write));
                left.add(key);
                Long replay = replayOf.get(key);
                if (replay != null) {
                    replays.ended(replay, write);
                }
            }
        }
        return left;
    }

    /** See {@code Transaction.ask}. */
    LaneState ask(Delivery delivery, Instant now) {
        LaneChanges lanes = new LaneChanges();
        int fresh = database.update(
                "delete from fresh where event = ? and endpoint = ?", delivery.event(), delivery.endpoint());
        if (fresh > 0 || !queue.ask(delivery, now)) {
            int attemptsMade = fresh > 0 ? 0 : attempts.made(delivery);
            queue.insert(
                    List.of(new Queued(delivery, Rank.ASKED, now.toEpochMilli(), attemptsMade, 0)), Map.of(), lanes);
        }
        lanes.due(delivery, 0);
        lanes.write(database);
        return lane(delivery);
    }

    /** See {@code Transaction.queueReplay}. */
    Optional<LaneState> queueReplay(Replay replay, List<Delivery> wanted, long position) {
        LaneChanges lanes = new LaneChanges();
        List<Queued> rows = wanted.stream()
                .filter(delivery -> !isFresh(delivery))
                .map(delivery -> new Queued(delivery, Rank.REPLAYED, 0, attempts.made(delivery), 0, replay.no()))
                .toList();
        List<Queued> queued = queue.insertNew(rows, lanes);
        replays.advance(replay.no(), position, queued.size());
        lanes.write(database);
        return queued.stream().findFirst().map(row -> lane(row.delivery()));
    }

    private boolean isFresh(Delivery delivery) {
        return database.first(
                        "select 1 from fresh where event = ? and endpoint = ?",
                        row -> true,
                        delivery.event(),
                        delivery.endpoint())
                .isPresent();
    }

    private LaneState lane(Delivery delivery) {
        return database.first(
                        "select " + LaneChanges.COLUMNS + " from lanes l where l.endpoint = ?",
                        LaneChanges::read,
                        delivery.endpoint())
                .orElseThrow();
    }

    static Delivery read(Row row) throws SQLException {
        return new Delivery(
                row.number(1),
                row.number(2),
                row.number(3),
                row.number(4),
                row.small(5),
                EventType.ofCode(row.small(6)));
    }

    static @Nullable Delivery delivery(LaneWrite write) {
        return switch (write) {
            case LaneWrite.Finish finish -> finish.delivery();
            case LaneWrite.Retry retry -> retry.delivery();
            case LaneWrite.Spill spill -> spill.delivery();
            case LaneWrite.Save _ -> null;
        };
    }

    static Delivery requireDelivery(LaneWrite write) {
        Delivery delivery = delivery(write);
        if (delivery == null) {
            throw new IllegalArgumentException("No change of a delivery: " + write);
        }
        return delivery;
    }

    static int attemptsBefore(LaneWrite write) {
        return switch (write) {
            case LaneWrite.Finish finish -> finish.attemptsBefore();
            case LaneWrite.Retry retry -> retry.attemptsBefore();
            case LaneWrite.Spill _, LaneWrite.Save _ -> 0;
        };
    }

    /** By which a delivery is known. */
    record Key(long event, long endpoint) {
        static Key of(Delivery delivery) {
            return new Key(delivery.event(), delivery.endpoint());
        }
    }
}
