package dev.ringpost.sim.world;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Virtual time: what is due next happens next, and nothing passes in between. */
final class Agenda {
    private final PriorityQueue<Entry> entries =
            new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::order));
    private long now;
    private long order;

    private record Entry(long at, long order, Runnable what) {}

    Agenda(long begin) {
        now = begin;
    }

    /** Milliseconds since 1970. */
    long now() {
        return now;
    }

    /** What is added for one time happens in the order of its adding. */
    void at(long time, Runnable what) {
        entries.add(new Entry(Math.max(time, now), order++, what));
    }

    void after(long millis, Runnable what) {
        at(now + millis, what);
    }

    /** When the next thing is due; {@link Long#MAX_VALUE}: nothing is. */
    long nextAt() {
        Entry next = entries.peek();
        return next == null ? Long.MAX_VALUE : next.at();
    }

    /** Lets the next thing happen. False where there is none. */
    boolean step() {
        @Nullable Entry next = entries.poll();
        if (next == null) {
            return false;
        }
        now = next.at();
        next.what().run();
        return true;
    }
}
