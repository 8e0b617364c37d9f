package dev.ringpost.delivery;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deliveries of each call in their order: only the first of a call may run. */
final class Chains {
    private final Map<Long, ArrayDeque<Entry>> byCall = new HashMap<>(1);

    /** True where nothing of its call is before it. */
    boolean append(Entry entry) {
        ArrayDeque<Entry> chain = chain(entry);
        chain.add(entry);
        return chain.size() == 1;
    }

    void prepend(Entry entry) {
        chain(entry).addFirst(entry);
    }

    /** The delivery no longer holds back its call. Returns the one that may run now; null where none does. */
    @Nullable
    Entry release(Entry entry) {
        ArrayDeque<Entry> chain = byCall.get(entry.delivery.call());
        if (chain == null) {
            return null;
        }
        boolean wasFirst = chain.peek() == entry;
        chain.remove(entry);
        if (chain.isEmpty()) {
            byCall.remove(entry.delivery.call());
            return null;
        }
        return wasFirst ? chain.element() : null;
    }

    /** An earlier one of its call holds it back. */
    boolean holdsBack(Entry entry) {
        ArrayDeque<Entry> chain = byCall.get(entry.delivery.call());
        return chain != null && chain.peek() != entry && chain.contains(entry);
    }

    /** What waits of the call, in order. */
    List<Entry> waitingOf(long call) {
        ArrayDeque<Entry> chain = byCall.get(call);
        return chain == null
                ? List.of()
                : chain.stream().filter(Entry::isWaiting).toList();
    }

    /** What is in flight or unrecorded goes on to hold back what comes after it in its call. */
    void dropWaiting() {
        byCall.values().removeIf(chain -> {
            chain.removeIf(Entry::isWaiting);
            return chain.isEmpty();
        });
    }

    void clear() {
        byCall.clear();
    }

    private ArrayDeque<Entry> chain(Entry entry) {
        return byCall.computeIfAbsent(entry.delivery.call(), call -> new ArrayDeque<>(1));
    }
}
