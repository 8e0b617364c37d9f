package dev.ringpost.delivery;

import dev.ringpost.delivery.StoredQueue.DeliveryKey;
import java.util.ArrayDeque;
import java.util.Random;
import java.util.function.Supplier;

/**
 * What waits to be committed, and what is committed and not told yet. Writes are committed in their order; a change of the
 * store by somebody else comes after the writes that were there before it, and perhaps after later ones too.
 */
final class WorldCommits {
    private final StoredQueue store;
    private final ArrayDeque<LaneWrite> writes = new ArrayDeque<>();
    private final ArrayDeque<Change> changes = new ArrayDeque<>();
    private final ArrayDeque<Told> committed = new ArrayDeque<>();
    private long added;
    private long taken;

    /** @param after how many writes were asked for before it */
    private record Change(long after, Supplier<Runnable> inStore) {}

    private interface Told {
        void to(Engine engine, long now);
    }

    WorldCommits(StoredQueue store) {
        this.store = store;
    }

    void add(LaneWrite write) {
        writes.add(write);
        added++;
    }

    /** @param change done to the store; what it returns is done once it is committed */
    void add(Supplier<Runnable> change) {
        changes.add(new Change(added, change));
    }

    void commit(int most, Random random) {
        for (int i = 0; i < most && !(writes.isEmpty() && changes.isEmpty()); i++) {
            Change change = changes.peek();
            if (change != null && change.after() <= taken && (writes.isEmpty() || random.nextBoolean())) {
                changes.remove();
                Runnable told = change.inStore().get();
                committed.add((engine, now) -> told.run());
            } else {
                LaneWrite write = writes.remove();
                taken++;
                store.apply(write);
                committed.add((engine, now) -> engine.committed(write, now));
            }
        }
    }

    void tell(Engine engine, long now) {
        while (!committed.isEmpty()) {
            committed.remove().to(engine, now);
        }
    }

    /** The write that ends it is under way. */
    boolean isEnding(DeliveryKey key) {
        return writes.stream()
                .anyMatch(write -> write instanceof LaneWrite.Finish finish
                        && DeliveryKey.of(finish.delivery()).equals(key));
    }

    boolean isEmpty() {
        return writes.isEmpty() && changes.isEmpty() && committed.isEmpty();
    }

    void clear() {
        taken += writes.size();
        writes.clear();
        changes.clear();
        committed.clear();
    }
}
