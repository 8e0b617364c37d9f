package dev.ringpost.fairness;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A queue in which accounts take turns, so that one who waits does so behind its own account and at most one turn of each
 * other (Shreedhar and Varghese's deficit round robin). Within an account the order is that of arrival.
 *
 * <p>Not bounded, and used by one thread at a time.
 */
public final class TakingTurns<T> {
    private final long turn;
    private final LinkedHashMap<Long, Line<T>> lines = new LinkedHashMap<>();
    private int size;

    private record Item<T>(T value, long cost) {}

    private static final class Line<T> {
        private final ArrayDeque<Item<T>> items = new ArrayDeque<>();
        private long credit;

        boolean affords() {
            return items.element().cost() <= credit;
        }
    }

    /** @param turn how much an account's items may cost until it is the next one's turn; what costs more saves up for it */
    public TakingTurns(long turn) {
        this.turn = turn;
    }

    /** @param cost from 0 */
    public void add(long account, T value, long cost) {
        lines.computeIfAbsent(account, no -> new Line<>()).items.add(new Item<>(value, cost));
        size++;
    }

    /** The next one; null where there is none. */
    public @Nullable T poll() {
        while (size > 0) {
            Map.Entry<Long, Line<T>> first = lines.firstEntry();
            Line<T> line = first.getValue();
            if (!line.affords()) {
                line.credit += turn;
            }
            if (line.affords()) {
                return takeFrom(first.getKey(), line);
            }
            lines.putLast(first.getKey(), line);
        }
        return null;
    }

    private T takeFrom(long account, Line<T> line) {
        Item<T> item = line.items.remove();
        size--;
        line.credit -= item.cost();
        if (line.items.isEmpty()) {
            lines.remove(account);
        } else if (!line.affords()) {
            lines.putLast(account, line);
        }
        return item.value();
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int size() {
        return size;
    }
}
