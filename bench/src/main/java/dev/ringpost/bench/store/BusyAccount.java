package dev.ringpost.bench.store;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.Health;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.stats.Attempts;
import dev.ringpost.stats.Counted;
import dev.ringpost.stats.Counts;
import dev.ringpost.stats.Interval;
import dev.ringpost.stats.LagHistogram;
import dev.ringpost.store.Account;
import dev.ringpost.webhook.Webhook;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An account as its pages dread it: many webhooks, a tenth of which fail, a long log that is spread over all of them, and
 * statistics of a whole month.
 */
public final class BusyAccount {
    private static final int WEBHOOKS_A_COMMIT = 1000;
    private static final int CALLS_A_COMMIT = 500;
    private static final int WEBHOOKS_A_CALL = 10;
    private static final int ONE_GAVE_UP_IN = 1000;
    private static final int ONE_FAILS_IN = 10;
    private static final String URL = "http://127.0.0.1:9/hook";
    private static final Counts SOME =
            new Counts(40, 38, 1, new Attempts(38, 4), LagHistogram.ofMillis(3, 8, 9, 12, 40, 5000, 300_000));

    private final String accountId;
    private final String webhookId;
    private final String callId;
    private final String deliveryId;

    private BusyAccount(String accountId, String webhookId, String callId, String deliveryId) {
        this.accountId = accountId;
        this.webhookId = webhookId;
        this.callId = callId;
        this.deliveryId = deliveryId;
    }

    /** Makes it in a data folder without a server on it. */
    public static BusyAccount fill(Path data, int webhooks, long attempts) throws IOException {
        try (StoreFiller store = new StoreFiller(data)) {
            List<Account> made = new ArrayList<>();
            store.commit(tx -> made.add(store.account(tx, "busy")));
            long account = made.getFirst().no();
            List<Webhook> all = webhooks(store, account, webhooks);
            Delivery last = log(store, account, all, attempts);
            statistics(store, account, all);
            return new BusyAccount(
                    store.publicId(made.getFirst()),
                    store.publicId(all.getFirst()),
                    store.callId(last),
                    store.deliveryId(last));
        }
    }

    private static List<Webhook> webhooks(StoreFiller store, long account, int count) {
        List<Webhook> all = new ArrayList<>(count);
        Instant now = Instant.now();
        while (all.size() < count) {
            store.commit(tx -> {
                int before = all.size();
                while (all.size() < Math.min(before + WEBHOOKS_A_COMMIT, count)) {
                    Webhook webhook = store.webhook(tx, account, URL, EventType.CALL_STARTED, Set.of());
                    boolean fails = all.size() % ONE_FAILS_IN == 0;
                    Health health = fails
                            ? new Health(3, 0, 0, now.toEpochMilli(), "HTTP 500", now.toEpochMilli(), 1)
                            : new Health(0, 0, now.toEpochMilli(), 0, null, 0, 0);
                    tx.apply(List.of(
                            new LaneWrite.Save(new LaneState(webhook.no(), account, Long.MAX_VALUE, 0, health))));
                    all.add(webhook);
                }
            });
        }
        return all;
    }

    /** The last delivery that was made. */
    private static Delivery log(StoreFiller store, long account, List<Webhook> webhooks, long attempts) {
        List<Delivery> made = new ArrayList<>();
        long done = 0;
        while (done < attempts) {
            long from = done;
            store.commit(tx -> {
                made.clear();
                for (StoreFiller.Stored stored : store.calls(tx, account, CALLS_A_COMMIT)) {
                    for (int i = 0; i < WEBHOOKS_A_CALL; i++) {
                        made.add(stored.to(webhooks.get((int) ((from + made.size()) % webhooks.size()))));
                    }
                }
                tx.insertFresh(made);
                tx.apply(made.stream().map(delivery -> end(store, delivery)).toList());
            });
            done += made.size();
        }
        return made.getLast();
    }

    private static LaneWrite end(StoreFiller store, Delivery delivery) {
        boolean gaveUp = Math.floorMod(Long.hashCode(delivery.event() * 31 + delivery.endpoint()), ONE_GAVE_UP_IN) == 0;
        return gaveUp ? store.gaveUp(delivery, URL) : store.delivered(delivery, URL);
    }

    private static void statistics(StoreFiller store, long account, List<Webhook> webhooks) {
        Instant now = Instant.now();
        add(store, account, Counted.WHOLE_ACCOUNT, Interval.MINUTE, now, Interval.MINUTES_KEPT);
        add(store, account, Counted.WHOLE_ACCOUNT, Interval.HOUR, now, Duration.ofDays(30));
        for (Webhook webhook : webhooks) {
            add(store, account, webhook.no(), Interval.HOUR, now, Duration.ofDays(1));
        }
    }

    private static void add(
            StoreFiller store, long account, long endpoint, Interval interval, Instant now, Duration past) {
        List<Counted> counted = new ArrayList<>();
        Instant at = interval.startOf(now.minus(past));
        while (at.isBefore(now)) {
            counted.add(new Counted(interval, at, account, endpoint, SOME));
            at = at.plus(interval.length());
        }
        store.commit(tx -> tx.addCounts(counted));
    }

    /** Its public id. */
    public String accountId() {
        return accountId;
    }

    /** The public id of one of its webhooks, which fails. */
    public String webhookId() {
        return webhookId;
    }

    /** The public id of its last call. */
    public String callId() {
        return callId;
    }

    /** The public id of a delivery of that call. */
    public String deliveryId() {
        return deliveryId;
    }
}
