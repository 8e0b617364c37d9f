package dev.ringpost.bench.store;

import dev.ringpost.bench.store.StoreFiller.Stored;
import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.store.Account;
import dev.ringpost.webhook.Webhook;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An account with ten webhooks and a long past. Every event went to all ten, and one delivery of a thousand gave up; or all
 * of them failed once and wait.
 */
public final class History {
    private static final int WEBHOOKS = 10;
    private static final int CALLS_A_COMMIT = 500;
    private static final int ONE_GAVE_UP_IN = 1000;
    private static final String URL = "http://127.0.0.1:9/hook";

    private final Path data;
    private final String accountId;
    private final String webhookId;
    private final long account;
    private final List<Webhook> webhooks = new ArrayList<>();
    private long deliveries;

    /** Makes the account, in a data folder without a server on it. */
    public History(Path data) throws IOException {
        this.data = data;
        try (StoreFiller store = new StoreFiller(data)) {
            List<Account> made = new ArrayList<>();
            store.commit(tx -> {
                Account customer = store.account(tx, "history");
                made.add(customer);
                for (int i = 0; i < WEBHOOKS; i++) {
                    webhooks.add(store.webhook(tx, customer.no(), URL, EventType.CALL_STARTED, Set.of()));
                }
            });
            account = made.getFirst().no();
            accountId = store.publicId(made.getFirst());
            webhookId = store.publicId(webhooks.getFirst());
        }
    }

    /** Its public id. */
    public String accountId() {
        return accountId;
    }

    /** The public id of one of its webhooks. */
    public String webhookId() {
        return webhookId;
    }

    /** From now on its log has at least so many attempts. */
    public void growTo(long attempts) throws IOException {
        grow(attempts, false);
    }

    /** From now on at least so many of its deliveries wait, each with one attempt in the log. */
    public void waitFor(long waiting) throws IOException {
        grow(waiting, true);
    }

    private void grow(long wanted, boolean wait) throws IOException {
        if (deliveries >= wanted) {
            return;
        }
        try (StoreFiller store = new StoreFiller(data)) {
            while (deliveries < wanted) {
                store.commit(tx -> {
                    List<Delivery> made = new ArrayList<>(CALLS_A_COMMIT * WEBHOOKS);
                    for (Stored stored : store.calls(tx, account, CALLS_A_COMMIT)) {
                        webhooks.forEach(webhook -> made.add(stored.to(webhook)));
                    }
                    tx.insertFresh(made);
                    List<LaneWrite> ends = new ArrayList<>(made.size());
                    for (Delivery delivery : made) {
                        ends.add(end(store, delivery, wait));
                        deliveries++;
                    }
                    tx.apply(ends);
                });
            }
        }
    }

    private LaneWrite end(StoreFiller store, Delivery delivery, boolean wait) {
        if (wait) {
            return store.failed(delivery, URL);
        }
        return deliveries % ONE_GAVE_UP_IN == 0 ? store.gaveUp(delivery, URL) : store.delivered(delivery, URL);
    }
}
