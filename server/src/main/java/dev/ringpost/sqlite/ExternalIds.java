package dev.ringpost.sqlite;

import static dev.ringpost.sqlite.Database.row;

import dev.ringpost.secret.CallNames;
import dev.ringpost.store.ExternalKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which call has an external id. An index would take each new call's hash at another place: one page to write a call,
 * twice, which was four tenths of all that a delivery wrote. So the newest ids are in memory (a start reads them from the
 * calls), and move to their table many at once in the order of their hashes, which writes each page for many of them.
 *
 * <p>What is found may be a call that is gone or another account's: who asks reads the call. {@link #find} is for any
 * thread and knows what is committed; all else is for the writer's.
 */
final class ExternalIds {
    /** So many are in memory before they move; up to as many more come while they do. A start reads as many calls. */
    private static final int KEPT = 32_768;

    /** Of those that move, in a commit: at the least, and for each call that it made. */
    private static final int MOVED = 128;

    private static final int MOVED_FOR_EACH = 4;

    private static final String MOVED_TO = "external_ids_to";

    private final CallNames names;
    private final MovedIds movedIds;
    private final Map<NameHash, Long> recent = new ConcurrentHashMap<>();

    /** In the order in which they were made. */
    private final LinkedHashMap<NameHash, Long> uncommitted = new LinkedHashMap<>();

    /** Of deleted calls, in the order of their deletion. */
    private final LinkedHashMap<NameHash, Long> uncommittedGone = new LinkedHashMap<>();

    /** The ids of calls with numbers up to this are in their table. */
    private long moved;

    private @Nullable Move move;

    ExternalIds(Database database, CallNames names, MovedIds movedIds) {
        this.names = names;
        this.movedIds = movedIds;
        this.moved = database.first(
                        "select cast(value as integer) from meta where name = ?", row -> row.number(1), MOVED_TO)
                .orElse(0L);
        database.query(
                        "select external_hash, no from calls where no > ? and external_hash is not null",
                        row -> Map.entry(NameHash.of(row.bytes(1)), row.number(2)),
                        moved)
                .forEach(call -> recent.put(call.getKey(), call.getValue()));
    }

    /** The call, as of the last commit. */
    Optional<Long> find(Database database, ExternalKey key) {
        byte[] hash = names.hash(key);
        NameHash name = NameHash.of(hash);
        Long newest = recent.get(name);
        if (newest != null) {
            return Optional.of(newest);
        }
        return movedIds.mayHave(name)
                ? database.first("select call from external_ids where hash = ?", row -> row.number(1), hash)
                : Optional.empty();
    }

    /** The calls, in the transaction. */
    Collection<Long> find(Database database, Collection<ExternalKey> asked, NameHashes hashes) {
        List<Long> found = new ArrayList<>();
        List<ExternalKey> older = new ArrayList<>();
        for (ExternalKey key : asked) {
            NameHash hash = NameHash.of(hashes.of(key));
            Long call = uncommitted.getOrDefault(hash, recent.get(hash));
            if (call != null) {
                found.add(call);
            } else if (movedIds.mayHave(hash)) {
                older.add(key);
            }
        }
        if (!older.isEmpty()) {
            found.addAll(database.query(
                    "select e.call from json_each(?) n cross join external_ids e on e.hash = unhex(n.value ->> 1)",
                    row -> row.number(1),
                    HashList.of(older, hashes)));
        }
        return found;
    }

    /** A call is inserted. */
    void add(byte[] hash, long call) {
        uncommitted.put(NameHash.of(hash), call);
    }

    /** Calls are about to be deleted: what of them is in memory does not move, where nobody would delete it. */
    void remove(Database database, Collection<Long> calls) {
        List<Long> notMoved = calls.stream().filter(call -> call > moved).toList();
        if (!notMoved.isEmpty()) {
            database.query(
                            "select c.external_hash, c.no from json_each(?) n cross join calls c on c.no = n.value"
                                    + " where c.external_hash is not null",
                            row -> Map.entry(NameHash.of(row.bytes(1)), row.number(2)),
                            NumberList.of(notMoved))
                    .forEach(call -> uncommittedGone.put(call.getKey(), call.getValue()));
        }
    }

    /** For {@link #undo}. */
    Mark mark() {
        return new Mark(uncommitted.size(), uncommittedGone.size());
    }

    /** What the transaction did since then is undone. */
    void undo(Mark mark) {
        while (uncommitted.size() > mark.made()) {
            uncommitted.pollLastEntry();
        }
        while (uncommittedGone.size() > mark.gone()) {
            uncommittedGone.pollLastEntry();
        }
    }

    /** How far a transaction was. */
    record Mark(int made, int gone) {}

    /** The last of a transaction before its commit: moves some of those that are in memory. */
    void beforeCommit(Database database) {
        if (uncommitted.isEmpty()) {
            return;
        }
        if (move == null && recent.size() >= KEPT) {
            move = Move.of(recent);
        }
        if (move != null) {
            move(database, move, Math.max(MOVED, MOVED_FOR_EACH * uncommitted.size()));
        }
    }

    /** A transaction ended. */
    void ended(boolean committed) {
        if (committed) {
            recent.putAll(uncommitted);
            uncommittedGone.forEach(recent::remove);
        }
        uncommitted.clear();
        uncommittedGone.clear();
        if (move != null) {
            move.ended(committed);
            if (move.isDone()) {
                move.rows().forEach(row -> recent.remove(row.hash(), row.call()));
                moved = move.newest();
                move = null;
            }
        }
    }

    /** Between transactions. */
    void upkeep() {
        movedIds.growIfFull();
    }

    private void move(Database database, Move move, int rows) {
        List<Held> left = move.next(rows).stream().filter(this::isLeft).toList();
        left.forEach(each -> movedIds.add(each.hash()));
        database.updateEach(
                "insert into external_ids (hash, call) values (?, ?) on conflict (hash) do update set call = excluded.call",
                left,
                each -> row(each.hash().bytes(), each.call()));
        if (move.isLast()) {
            database.update(
                    "insert into meta (name, value) values (?, cast(? as blob))"
                            + " on conflict (name) do update set value = excluded.value",
                    MOVED_TO,
                    Long.toString(move.newest()));
        }
    }

    /** Its call is there still. */
    private boolean isLeft(Held held) {
        Long call = held.call();
        return call.equals(recent.get(held.hash())) && !call.equals(uncommittedGone.get(held.hash()));
    }

    private record Held(NameHash hash, long call) {}

    /** All that were in memory at its start, by their hashes. What a transaction moved counts once it is committed. */
    private static final class Move {
        private final List<Held> rows;
        private final long newest;
        private int committed;
        private int reached;

        private Move(List<Held> rows, long newest) {
            this.rows = rows;
            this.newest = newest;
        }

        static Move of(Map<NameHash, Long> recent) {
            List<Held> rows = recent.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(entry -> new Held(entry.getKey(), entry.getValue()))
                    .toList();
            return new Move(rows, rows.stream().mapToLong(Held::call).max().orElseThrow());
        }

        List<Held> rows() {
            return rows;
        }

        /** The greatest number: calls with smaller ones are all in it, or were moved before. */
        long newest() {
            return newest;
        }

        List<Held> next(int most) {
            int from = reached;
            reached = Math.min(rows.size(), from + most);
            return rows.subList(from, reached);
        }

        /** Nothing is left after what was taken. */
        boolean isLast() {
            return reached == rows.size();
        }

        void ended(boolean well) {
            if (well) {
                committed = reached;
            } else {
                reached = committed;
            }
        }

        boolean isDone() {
            return committed == rows.size();
        }
    }
}
