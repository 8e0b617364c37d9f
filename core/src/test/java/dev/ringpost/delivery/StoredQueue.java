package dev.ringpost.delivery;

import dev.ringpost.call.Call;
import dev.ringpost.id.NumberSource;
import dev.ringpost.store.Given;
import dev.ringpost.store.Transaction;
import dev.ringpost.store.memory.MemoryStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** What a store holds of one engine's deliveries, each change a transaction of its own. */
final class StoredQueue {
    private final MemoryStore store = new MemoryStore(new NumberSource(InstantSource.system(), 0, 0));

    /** A committed delivery, and the call that it is of. */
    void insert(Delivery delivery) {
        write(tx -> {
            if (tx.calls(List.of(delivery.call())).isEmpty()) {
                Call call = Given.call(delivery.call(), delivery.account(), null);
                tx.insertCalls(List.of(call));
            }
            tx.insertFresh(List.of(delivery));
        });
    }

    void apply(LaneWrite write) {
        write(tx -> tx.apply(List.of(write)));
    }

    /** What a repair does: what waits for its time is due. */
    void makeDue(long endpoint, long at) {
        write(tx -> tx.makeDue(endpoint, Instant.ofEpochMilli(at), Integer.MAX_VALUE));
    }

    LaneState lane(long endpoint) {
        return store.backlog().waitingLanes().stream()
                .filter(lane -> lane.endpoint() == endpoint)
                .findFirst()
                .orElseGet(() -> new LaneState(
                        endpoint,
                        EngineGiven.ACCOUNT,
                        Long.MAX_VALUE,
                        0,
                        store.backlog().health(endpoint)));
    }

    Backlogged head(Effect.Load load) {
        return store.backlog().heads(List.of(load)).getFirst();
    }

    private void write(Consumer<Transaction> change) {
        change.accept(store.begin());
        store.commit();
    }
}
