package dev.ringpost.bench.store;

import dev.ringpost.bench.load.SampleCall;
import dev.ringpost.call.Call;
import dev.ringpost.call.CallMachine;
import dev.ringpost.call.EventType;
import dev.ringpost.call.Payloads;
import dev.ringpost.call.Transition;
import dev.ringpost.commit.WriteSide;
import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Rank;
import dev.ringpost.id.IdKind;
import dev.ringpost.id.NumberSource;
import dev.ringpost.id.PublicIds;
import dev.ringpost.secret.MasterKey;
import dev.ringpost.sqlite.SqliteStore;
import dev.ringpost.store.Account;
import dev.ringpost.store.Event;
import dev.ringpost.store.Transaction;
import dev.ringpost.webhook.SigningSecret;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookOptions;
import dev.ringpost.webhook.WebhookStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A data folder without a server on it, and what is written into it. Used by one thread. */
public final class StoreFiller implements AutoCloseable {
    /** Within which a retry is not due while anything is measured. */
    private static final Duration LATER = Duration.ofDays(2);

    private static final SigningSecret SECRET = new SigningSecret("whsec_YmVuY2htYXJrYmVuY2htYXJrYmVuY2htYXJr", null);

    private final InstantSource clock = InstantSource.system();
    private final SqliteStore store;
    private final WriteSide writeSide;
    private final NumberSource numbers;
    private final PublicIds ids;
    private final Payloads payloads;
    private final CallMachine machine = SampleCall.machine();

    /** An event that is stored, and the call that fired it. */
    public record Stored(Call call, Event event) {
        public Delivery to(Webhook webhook) {
            return new Delivery(event.no(), webhook.no(), webhook.account(), call.no(), event.sequence(), event.type());
        }
    }

    /** @param data made where it is missing; the server that runs on it later finds the master key there */
    public StoreFiller(Path data) throws IOException {
        MasterKey key = MasterKey.open(Files.createDirectories(data), null);
        store = SqliteStore.open(data, key, clock);
        writeSide = store.writeSide();
        numbers = store.numbers();
        ids = key.publicIds();
        payloads = new Payloads(ids);
    }

    /** One durable transaction. */
    public void commit(Consumer<Transaction> work) {
        work.accept(writeSide.begin());
        writeSide.commit();
        writeSide.betweenBatches();
    }

    public Account account(Transaction tx, String name) {
        Account account = new Account(numbers.next(), name, List.of(SECRET), now());
        tx.insertAccount(account);
        return account;
    }

    public String publicId(Account account) {
        return ids.format(IdKind.ACCOUNT, account.no());
    }

    public String publicId(Webhook webhook) {
        return ids.webhook(webhook.no());
    }

    /** The public id of its call. */
    public String callId(Delivery delivery) {
        return ids.call(delivery.call());
    }

    public String deliveryId(Delivery delivery) {
        return ids.delivery(delivery.event(), delivery.endpoint());
    }

    /** @param agents whose calls it gets; empty: all */
    public Webhook webhook(Transaction tx, long account, String url, EventType event, Set<String> agents) {
        WebhookOptions standard = WebhookOptions.DEFAULT;
        WebhookOptions options = new WebhookOptions(
                agents,
                standard.directions(),
                standard.timeout(),
                standard.retrySchedule(),
                standard.ordering(),
                standard.maxInFlight(),
                standard.rateLimit(),
                standard.maxBodyBytes(),
                standard.headers());
        Webhook webhook = new Webhook(
                numbers.next(),
                account,
                WebhookKind.ACCOUNT,
                "bench",
                url,
                Set.of(event),
                WebhookStatus.ACTIVE,
                null,
                options,
                List.of(SECRET),
                now(),
                now());
        tx.insertWebhook(webhook);
        return webhook;
    }

    /** New calls, connected, and their call.started. */
    public List<Stored> calls(Transaction tx, long account, int count) {
        List<Stored> made = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long no = numbers.next();
            made.add(event(SampleCall.queued(no, account, "b-" + no, now())));
        }
        tx.insertCalls(made.stream().map(Stored::call).toList());
        tx.insertEvents(made.stream().map(Stored::event).toList());
        return made;
    }

    /** Another call.started of calls that are stored: what an event costs without its call. */
    public List<Stored> eventsOf(Transaction tx, List<Call> calls) {
        List<Stored> made = calls.stream().map(this::event).toList();
        tx.insertEvents(made.stream().map(Stored::event).toList());
        return made;
    }

    /** The delivery was tried once, and that was it. */
    public LaneWrite delivered(Delivery delivery, String url) {
        return new LaneWrite.Finish(delivery, 1, DeliveryEnd.SUCCEEDED, result(url, 204));
    }

    /** The delivery was tried once, and given up. */
    public LaneWrite gaveUp(Delivery delivery, String url) {
        return new LaneWrite.Finish(delivery, 1, DeliveryEnd.GAVE_UP, result(url, 500));
    }

    /** The delivery was tried, failed, and waits for days. */
    public LaneWrite failed(Delivery delivery, String url) {
        Instant now = now();
        return new LaneWrite.Retry(
                delivery, Rank.TRIED, 1, 1, now.plus(LATER).toEpochMilli(), now.toEpochMilli(), result(url, 500));
    }

    @Override
    public void close() {
        store.close();
    }

    private Stored event(Call call) {
        Instant now = now();
        Transition.Applied applied = SampleCall.connected(machine, call, now);
        Transition.Fired fired = applied.fired().getFirst();
        long no = numbers.next();
        byte[] payload = payloads.write(applied.call(), no, now, fired);
        Call connected = applied.call()
                .with(applied.call().facts(), applied.call().progress().withLastEvent(no));
        return new Stored(
                connected,
                new Event(
                        no,
                        call.account(),
                        call.no(),
                        fired.sequence(),
                        fired.event().type(),
                        now,
                        payload));
    }

    private static AttemptResult result(String url, int status) {
        boolean isSuccess = status < 300;
        return new AttemptResult(
                isSuccess ? AttemptResult.Verdict.SUCCEEDED : AttemptResult.Verdict.FAILED,
                url,
                status,
                null,
                Map.of(),
                isSuccess ? null : "The receiver answered " + status,
                Duration.ofMillis(1),
                null);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
