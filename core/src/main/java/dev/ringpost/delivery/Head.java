package dev.ringpost.delivery;

import dev.ringpost.webhook.Ordering;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of a lane that are in memory: a bounded head of what the store holds.
 *
 * <p>Invariants: what is untried here and stands in the queue is a prefix, by event number, of what is untried in the
 * queue; so an earlier untried event of a call is here too, or was tried, or was asked for. Only the first delivery of a
 * call's chain is runnable. An entry is known until the write that ends or moves it is committed.
 */
final class Head {
    /** Most lanes have one delivery at a time, and there may be very many lanes. */
    private static final int FEW = 1;

    private static final Comparator<Entry> BY_DUE_TIME =
            Comparator.<Entry>comparingLong(entry -> entry.runAt).thenComparingLong(entry -> entry.delivery.event());

    private final Room room;
    private final Map<Long, Entry> known = new HashMap<>(FEW);
    private final Chains chains = new Chains();
    private final Chains replayChains = new Chains();
    private final ArrayDeque<Entry> express = new ArrayDeque<>(FEW);
    private final ArrayDeque<Entry> old = new ArrayDeque<>(FEW);
    private final ArrayDeque<Entry> asked = new ArrayDeque<>(FEW);
    private final PriorityQueue<Entry> retries = byDueTime();
    private final PriorityQueue<Entry> replays = byDueTime();
    private int turn;
    private int stored;
    private int replayed;

    /** @param room that all lanes of the engine share */
    Head(Room room) {
        this.room = room;
    }

    private static PriorityQueue<Entry> byDueTime() {
        return new PriorityQueue<>(FEW, BY_DUE_TIME);
    }

    int size() {
        return known.size();
    }

    boolean isEmpty() {
        return known.isEmpty();
    }

    /** How many of the entries also stand in the store's queue: a load gives these rows again. */
    int stored() {
        return stored;
    }

    /** How many of the entries are a replay's. */
    int replayed() {
        return replayed;
    }

    @Nullable
    Entry get(long event) {
        return known.get(event);
    }

    boolean contains(long event) {
        return known.containsKey(event);
    }

    Collection<Entry> all() {
        return known.values();
    }

    /** A delivery from the store, or a fresh one, which is later than those of its call that are here. */
    void add(Entry entry, Ordering ordering) {
        if (known.put(entry.delivery.event(), entry) == null) {
            room.taken();
        }
        stored += entry.stored ? 1 : 0;
        replayed += entry.rank == Rank.REPLAYED ? 1 : 0;
        switch (entry.rank) {
            case UNTRIED -> {
                if (ordering == Ordering.NONE || chains.append(entry)) {
                    makeRunnable(entry);
                }
            }
            case TRIED -> {
                // With strict ordering it holds back those of its call that come after it.
                if (ordering == Ordering.STRICT_CALL) {
                    chains.prepend(entry);
                }
                retries.add(entry);
            }
            case REPLAYED -> {
                if (ordering == Ordering.NONE || entry.runAt > 0 || replayChains.append(entry)) {
                    replays.add(entry);
                }
            }
            case ASKED -> asked.add(entry);
        }
    }

    /** The store holds it in the queue from now on. */
    void markStored(Entry entry) {
        if (!entry.stored) {
            entry.stored = true;
            stored++;
        }
    }

    /** A failed attempt is committed, and the delivery stays in memory until it is due again. */
    void retryLater(Entry entry, Rank rank, long dueAt) {
        markStored(entry);
        rank(entry, rank);
        entry.runAt = dueAt;
        entry.state = Entry.State.WAITING;
        switch (rank) {
            case UNTRIED, TRIED -> retries.add(entry);
            case REPLAYED -> replays.add(entry);
            case ASKED -> asked.add(entry);
        }
    }

    /** A waiting delivery was asked for: it goes next, and its call no longer waits for it. */
    void ask(Entry entry) {
        List.of(express, old, asked, retries, replays).forEach(queue -> queue.remove(entry));
        releaseChain(entry);
        markStored(entry);
        rank(entry, Rank.ASKED);
        asked.add(entry);
    }

    /** Forgets the entry: its write is committed, or it goes back to the store as it is. */
    void forget(Entry entry) {
        if (known.remove(entry.delivery.event()) != null) {
            room.givenBack();
            stored -= entry.stored ? 1 : 0;
            replayed -= entry.rank == Rank.REPLAYED ? 1 : 0;
        }
    }

    /** The delivery no longer holds back its call: the next of the chain may run. */
    void releaseChain(Entry entry) {
        Entry next = chains.release(entry);
        if (next != null && next.isWaiting() && next.rank == Rank.UNTRIED) {
            makeRunnable(next);
        }
        Entry nextReplay = replayChains.release(entry);
        if (nextReplay != null && nextReplay.isWaiting()) {
            replays.add(nextReplay);
        }
    }

    boolean isHeldByOrder(Entry entry) {
        return switch (entry.rank) {
            case UNTRIED -> chains.holdsBack(entry);
            case REPLAYED -> replayChains.holdsBack(entry);
            case TRIED, ASKED -> false;
        };
    }

    boolean hasAsked() {
        return peekWaiting(asked) != null;
    }

    @Nullable
    Entry pollAsked() {
        return pollWaiting(asked);
    }

    /**
     * Takes the next delivery to send: due retries, old and express ones in turn, 1 : 1 : 2, and a replay's only where
     * there is none of these. Null where none may run.
     */
    @Nullable
    Entry poll(long now) {
        for (int i = 0; i < 4; i++) {
            Entry entry = switch (turn++ & 3) {
                case 0 -> pollDue(retries, now);
                case 2 -> pollWaiting(old);
                default -> pollWaiting(express);
            };
            if (entry != null) {
                return entry;
            }
        }
        return pollDue(replays, now);
    }

    /** Takes the oldest delivery that may run: what a probe sends. */
    @Nullable
    Entry pollOldest(long now) {
        Entry retry = peekDue(retries, now);
        Entry untried = peekWaiting(old);
        if (retry != null && (untried == null || retry.delivery.event() < untried.delivery.event())) {
            return retries.poll();
        }
        if (untried != null) {
            return old.poll();
        }
        Entry fresh = pollWaiting(express);
        return fresh != null ? fresh : pollDue(replays, now);
    }

    /** Something may run that nobody asked for. */
    boolean hasRunnable(long now) {
        return peekDue(retries, now) != null
                || peekWaiting(old) != null
                || peekWaiting(express) != null
                || peekDue(replays, now) != null;
    }

    /** When the earliest retry is due; {@link Long#MAX_VALUE} where there is none. */
    long nextDue() {
        Entry retry = peekWaiting(retries);
        Entry replay = peekWaiting(replays);
        return Math.min(retry == null ? Long.MAX_VALUE : retry.runAt, replay == null ? Long.MAX_VALUE : replay.runAt);
    }

    /** All that wait, in order of event number. */
    List<Entry> waiting() {
        List<Entry> waiting = new ArrayList<>();
        for (Entry entry : known.values()) {
            if (entry.isWaiting()) {
                waiting.add(entry);
            }
        }
        waiting.sort(Comparator.comparingLong(entry -> entry.delivery.event()));
        return waiting;
    }

    /** All of a call, whatever their state. */
    List<Entry> ofCall(long call) {
        List<Entry> found = new ArrayList<>();
        for (Entry entry : known.values()) {
            if (entry.delivery.call() == call) {
                found.add(entry);
            }
        }
        return found;
    }

    /**
     * Everything that waits goes back to the store: only what is in flight or unrecorded stays, and goes on to hold back
     * what comes after it in its call.
     */
    void dropWaiting() {
        waiting().forEach(this::forget);
        chains.dropWaiting();
        replayChains.dropWaiting();
        List.of(express, old, asked, retries, replays).forEach(Collection::clear);
    }

    /** Another order holds, once nothing waits here: what is in flight holds back its call from now on, or does not. */
    void reorder(Ordering ordering) {
        chains.clear();
        replayChains.clear();
        if (ordering == Ordering.NONE) {
            return;
        }
        known.values().stream()
                .filter(entry -> entry.state == Entry.State.IN_FLIGHT
                        || (entry.state == Entry.State.FAILED && ordering == Ordering.STRICT_CALL))
                .sorted(Comparator.comparingLong(entry -> entry.delivery.event()))
                .forEach(entry -> (entry.rank == Rank.REPLAYED ? replayChains : chains).append(entry));
    }

    /** No call above it is here; 0: nothing is here. */
    long highestCall() {
        return known.values().stream()
                .mapToLong(entry -> entry.delivery.call())
                .max()
                .orElse(0);
    }

    /** What is untried of the call and held back leaves memory. Returns it. */
    List<Entry> dropHeldBack(long call) {
        List<Entry> dropped = chains.waitingOf(call).stream()
                .filter(entry -> entry.rank == Rank.UNTRIED)
                .toList();
        for (Entry entry : dropped) {
            chains.release(entry);
            forget(entry);
        }
        // One that was asked for is in no chain: then the first of the chain may run, and does so no longer.
        express.removeAll(dropped);
        old.removeAll(dropped);
        return dropped;
    }

    /** It may run earlier. */
    void hasten(Entry entry, long dueAt) {
        PriorityQueue<Entry> queue = entry.rank == Rank.REPLAYED ? replays : retries;
        if (queue.remove(entry)) {
            entry.runAt = dueAt;
            queue.add(entry);
        }
    }

    /** What waits for its time is due now. */
    void makeDue(long now) {
        for (PriorityQueue<Entry> queue : List.of(retries, replays)) {
            List<Entry> waiting = new ArrayList<>(queue);
            queue.clear();
            waiting.forEach(entry -> entry.runAt = Math.min(entry.runAt, now));
            queue.addAll(waiting);
        }
    }

    private void rank(Entry entry, Rank rank) {
        replayed += (rank == Rank.REPLAYED ? 1 : 0) - (entry.rank == Rank.REPLAYED ? 1 : 0);
        entry.rank = rank;
    }

    private void makeRunnable(Entry entry) {
        (entry.stored ? old : express).add(entry);
    }

    private static @Nullable Entry peekDue(PriorityQueue<Entry> queue, long now) {
        Entry entry = peekWaiting(queue);
        return entry != null && entry.runAt <= now ? entry : null;
    }

    private static @Nullable Entry pollDue(PriorityQueue<Entry> queue, long now) {
        return peekDue(queue, now) == null ? null : queue.poll();
    }

    private static @Nullable Entry pollWaiting(ArrayDeque<Entry> queue) {
        return peekWaiting(queue) == null ? null : queue.poll();
    }

    /** The first that still waits; entries that ended in the meantime leave the queue here. */
    private static @Nullable Entry peekWaiting(Queue<Entry> queue) {
        Entry entry = queue.peek();
        while (entry != null && !entry.isWaiting()) {
            queue.poll();
            entry = queue.peek();
        }
        return entry;
    }
}
