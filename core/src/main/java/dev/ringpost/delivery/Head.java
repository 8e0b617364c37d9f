package dev.ringpost.delivery;

import dev.ringpost.webhook.Ordering;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
 * queue; so an earlier untried event of a call is here too, or was tried. Only the first delivery of a call's chain is
 * runnable. An entry is known until the write that ends or moves it is committed.
 */
final class Head {
    private final Map<Long, Entry> known = new HashMap<>();
    private final Map<Long, ArrayDeque<Entry>> chains = new HashMap<>();
    private final ArrayDeque<Entry> express = new ArrayDeque<>();
    private final ArrayDeque<Entry> old = new ArrayDeque<>();
    private final PriorityQueue<Entry> retries = new PriorityQueue<>(
            Comparator.<Entry>comparingLong(entry -> entry.runAt).thenComparingLong(entry -> entry.delivery.event()));
    private int turn;
    private int inQueue;

    int size() {
        return known.size();
    }

    boolean isEmpty() {
        return known.isEmpty();
    }

    /** How many of the entries also stand in the store's queue: a load gives these rows again. */
    int alsoInQueue() {
        return inQueue;
    }

    @Nullable
    Entry get(long event) {
        return known.get(event);
    }

    boolean contains(long event) {
        return known.containsKey(event);
    }

    /** An untried delivery, later than those of its call that are here. */
    void addUntried(Entry entry, Ordering ordering) {
        remember(entry);
        if (ordering == Ordering.NONE) {
            makeRunnable(entry);
            return;
        }
        ArrayDeque<Entry> chain = chains.computeIfAbsent(entry.delivery.call(), call -> new ArrayDeque<>(4));
        chain.add(entry);
        if (chain.size() == 1) {
            makeRunnable(entry);
        }
    }

    /** A tried delivery from the store. With strict ordering it holds back those of its call that come after it. */
    void addTried(Entry entry, Ordering ordering) {
        remember(entry);
        if (ordering == Ordering.STRICT_CALL) {
            chains.computeIfAbsent(entry.delivery.call(), call -> new ArrayDeque<>(4))
                    .addFirst(entry);
        }
        retries.add(entry);
    }

    /** A failed attempt is committed, and the delivery stays in memory until it is due again. */
    void retryLater(Entry entry, Place.Tried place) {
        if (entry.place instanceof Place.Fresh) {
            inQueue++;
        }
        entry.place = place;
        entry.runAt = place.dueAt();
        entry.state = Entry.State.WAITING;
        retries.add(entry);
    }

    /** Forgets the entry: its write is committed, or it goes back to the store as it is. */
    void forget(Entry entry) {
        if (known.remove(entry.delivery.event()) != null && !(entry.place instanceof Place.Fresh)) {
            inQueue--;
        }
    }

    /** The delivery no longer holds back its call: the next of the chain may run. */
    void releaseChain(Entry entry) {
        ArrayDeque<Entry> chain = chains.get(entry.delivery.call());
        if (chain == null) {
            return;
        }
        boolean wasFirst = chain.peek() == entry;
        chain.remove(entry);
        if (chain.isEmpty()) {
            chains.remove(entry.delivery.call());
        } else if (wasFirst) {
            makeRunnable(chain.element());
        }
    }

    /** Takes the next delivery to send: due retries, old and express ones in turn, 1 : 1 : 2. Null where none may run. */
    @Nullable
    Entry poll(long now) {
        for (int i = 0; i < 4; i++) {
            Entry entry = switch (turn++ & 3) {
                case 0 -> pollDue(now);
                case 2 -> pollWaiting(old);
                default -> pollWaiting(express);
            };
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    /** Takes the oldest delivery that may run: what a probe sends. */
    @Nullable
    Entry pollOldest(long now) {
        Entry retry = peekWaiting(retries);
        Entry untried = peekWaiting(old);
        if (retry != null
                && retry.runAt <= now
                && (untried == null || retry.delivery.event() < untried.delivery.event())) {
            return retries.poll();
        }
        return untried != null ? old.poll() : pollWaiting(express);
    }

    boolean hasRunnable(long now) {
        Entry retry = peekWaiting(retries);
        return (retry != null && retry.runAt <= now) || peekWaiting(old) != null || peekWaiting(express) != null;
    }

    /** When the earliest retry is due; {@link Long#MAX_VALUE} where there is none. */
    long nextDue() {
        Entry retry = peekWaiting(retries);
        return retry == null ? Long.MAX_VALUE : retry.runAt;
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
        for (Entry entry : waiting()) {
            forget(entry);
        }
        chains.values().removeIf(chain -> {
            chain.removeIf(Entry::isWaiting);
            return chain.isEmpty();
        });
        express.clear();
        old.clear();
        retries.clear();
    }

    /** Nothing of the call stays that waits. */
    void dropCall(long call) {
        for (Entry entry : ofCall(call)) {
            if (entry.isWaiting()) {
                forget(entry);
            }
        }
        chains.remove(call);
    }

    /** What waits is due now. */
    void makeDue(long now) {
        List<Entry> tried = new ArrayList<>(retries);
        retries.clear();
        for (Entry entry : tried) {
            entry.runAt = Math.min(entry.runAt, now);
        }
        retries.addAll(tried);
    }

    private void remember(Entry entry) {
        known.put(entry.delivery.event(), entry);
        if (!(entry.place instanceof Place.Fresh)) {
            inQueue++;
        }
    }

    private void makeRunnable(Entry entry) {
        (entry.place instanceof Place.Fresh ? express : old).add(entry);
    }

    private @Nullable Entry pollDue(long now) {
        Entry retry = peekWaiting(retries);
        return retry != null && retry.runAt <= now ? retries.poll() : null;
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
