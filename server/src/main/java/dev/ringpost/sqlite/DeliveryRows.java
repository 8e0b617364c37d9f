package dev.ringpost.sqlite;

import static dev.ringpost.sqlite.Database.row;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Place;
import dev.ringpost.secret.CallKeys.CallKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Deliveries that have not ended, in the one place where each stands, and the engine's changes to them. */
final class DeliveryRows {
    static final String COLUMNS = "event, endpoint, account, call, seq, type";
    private static final int UNTRIED = 0;
    private static final int TRIED = 1;

    private final Database database;
    private final AttemptRows attempts;
    private final CallKeyRows keys;

    DeliveryRows(Database database, AttemptRows attempts, CallKeyRows keys) {
        this.database = database;
        this.attempts = attempts;
        this.keys = keys;
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
            if (delivery != null && !touched.add(new Key(delivery.event(), delivery.endpoint()))) {
                applyRound(round, lanes);
                round.clear();
                touched.clear();
                touched.add(new Key(delivery.event(), delivery.endpoint()));
            }
            round.add(write);
        }
        applyRound(round, lanes);
        lanes.write(database);
    }

    private void applyRound(List<LaneWrite> round, LaneChanges lanes) {
        Set<Key> left = leaveTheirPlaces(round);
        List<Entry> queued = new ArrayList<>();
        List<AttemptRows.Attempt> logged = new ArrayList<>(round.size());
        Map<Long, CallKey> calls = keysOfCalls(round);
        for (LaneWrite write : round) {
            Delivery delivery = delivery(write);
            boolean isErased = delivery != null && !calls.containsKey(delivery.call());
            if (delivery != null && !left.contains(new Key(delivery.event(), delivery.endpoint()))) {
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
                    queued.add(new Entry(retry.delivery(), TRIED, retry.dueAt(), retry.attempts(), retry.step()));
                    lanes.queued(retry.delivery(), retry.dueAt());
                }
                case LaneWrite.Spill(Delivery spilled) when isErased -> logged.add(attempts.cancelled(spilled));
                case LaneWrite.Spill(Delivery spilled) -> {
                    queued.add(new Entry(spilled, UNTRIED, spilled.event(), 0, 0));
                    lanes.queued(spilled, 0);
                }
                case LaneWrite.Save save -> lanes.saved(save.state());
            }
        }
        insertQueued(queued);
        attempts.write(logged, calls);
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

    /** Those that stood where their write said: the others are late or double results, and change nothing. */
    private Set<Key> leaveTheirPlaces(List<LaneWrite> round) {
        List<Delivery> fresh = new ArrayList<>(round.size());
        List<Entry> queued = new ArrayList<>();
        for (LaneWrite write : round) {
            Delivery delivery = delivery(write);
            if (delivery != null) {
                switch (place(write)) {
                    case Place.Fresh _ -> fresh.add(delivery);
                    case Place.Untried _ -> queued.add(new Entry(delivery, UNTRIED, delivery.event(), 0, 0));
                    case Place.Tried(long dueAt) -> queued.add(new Entry(delivery, TRIED, dueAt, 0, 0));
                }
            }
        }
        Set<Key> left = HashSet.newHashSet(round.size());
        int[] gone = database.updateEach(
                "delete from fresh where event = ? and endpoint = ?",
                fresh,
                delivery -> row(delivery.event(), delivery.endpoint()));
        for (int i = 0; i < gone.length; i++) {
            if (gone[i] > 0) {
                left.add(new Key(fresh.get(i).event(), fresh.get(i).endpoint()));
            }
        }
        gone = database.updateEach(
                "delete from queue where endpoint = ? and class = ? and at = ? and event = ?",
                queued,
                entry -> row(
                        entry.delivery().endpoint(),
                        entry.rank(),
                        entry.at(),
                        entry.delivery().event()));
        for (int i = 0; i < gone.length; i++) {
            if (gone[i] > 0) {
                Delivery delivery = queued.get(i).delivery();
                left.add(new Key(delivery.event(), delivery.endpoint()));
            }
        }
        return left;
    }

    private void insertQueued(List<Entry> entries) {
        database.updateEach(
                "insert into queue (endpoint, class, at, event, account, call, seq, type, attempts, step)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                entries,
                entry -> {
                    Delivery delivery = entry.delivery();
                    return row(
                            delivery.endpoint(),
                            entry.rank(),
                            entry.at(),
                            delivery.event(),
                            delivery.account(),
                            delivery.call(),
                            delivery.sequence(),
                            delivery.type().code(),
                            entry.attempts(),
                            entry.step());
                });
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

    private static @Nullable Delivery delivery(LaneWrite write) {
        return switch (write) {
            case LaneWrite.Finish finish -> finish.delivery();
            case LaneWrite.Retry retry -> retry.delivery();
            case LaneWrite.Spill spill -> spill.delivery();
            case LaneWrite.Save _ -> null;
        };
    }

    private static Place place(LaneWrite write) {
        return switch (write) {
            case LaneWrite.Finish finish -> finish.from();
            case LaneWrite.Retry retry -> retry.from();
            case LaneWrite.Spill _, LaneWrite.Save _ -> Place.FRESH;
        };
    }

    private record Key(long event, long endpoint) {}

    /** A row of the queue; its rank is the column {@code class}. */
    private record Entry(Delivery delivery, int rank, long at, int attempts, int step) {}
}
