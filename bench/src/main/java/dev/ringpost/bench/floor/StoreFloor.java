package dev.ringpost.bench.floor;

import dev.ringpost.bench.store.StoreFiller;
import dev.ringpost.bench.store.StoreFiller.Stored;
import dev.ringpost.call.Call;
import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.store.Account;
import dev.ringpost.webhook.Webhook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The durable life of an event: stored with its delivery in one commit, delivered and logged in the next one, where the
 * next events are stored. {@code StoreFloor FOLDER BATCH new-calls|known-calls}
 */
public final class StoreFloor {
    private static final String URL = "http://127.0.0.1:8080/hook";

    private final StoreFiller store;
    private final Webhook webhook;
    private final List<Call> known = new ArrayList<>();
    private final int batch;
    private final boolean newCalls;
    private List<Delivery> sent = List.of();

    private StoreFloor(Path folder, int batch, boolean newCalls) throws IOException {
        this.batch = batch;
        this.newCalls = newCalls;
        store = new StoreFiller(folder);
        List<Webhook> made = new ArrayList<>();
        store.commit(tx -> {
            Account account = store.account(tx, "floor");
            made.add(store.webhook(tx, account.no(), URL, EventType.CALL_STARTED, Set.of()));
            // Sealed with the calls' keys: they must be there.
            store.calls(tx, account.no(), batch).forEach(stored -> known.add(queued(stored.call())));
        });
        webhook = made.getFirst();
    }

    public static void main(String[] args) throws IOException {
        int batch = Integer.parseInt(args[1]);
        StoreFloor floor = new StoreFloor(Path.of(args[0]), batch, args[2].equals("new-calls"));
        AtomicLong done = new AtomicLong();
        Thread.ofPlatform().daemon().name("writer").start(() -> {
            while (true) {
                floor.turn();
                done.addAndGet(batch);
            }
        });
        FloorPart.serve("ready", done::get);
    }

    private void turn() {
        store.commit(tx -> {
            List<Stored> stored = newCalls ? store.calls(tx, webhook.account(), batch) : store.eventsOf(tx, known);
            List<Delivery> deliveries =
                    stored.stream().map(each -> each.to(webhook)).toList();
            tx.insertFresh(deliveries);
            tx.apply(sent.stream().map(each -> store.delivered(each, URL)).toList());
            sent = deliveries;
        });
    }

    private static Call queued(Call connected) {
        return Call.create(connected.no(), connected.account(), connected.spec(), connected.createdAt());
    }
}
