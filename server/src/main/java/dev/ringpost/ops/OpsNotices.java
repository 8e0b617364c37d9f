package dev.ringpost.ops;

import dev.ringpost.commit.Journal;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.Notice;
import dev.ringpost.delivery.NoticePayloads;
import dev.ringpost.dispatch.Notices;
import dev.ringpost.id.NumberSource;
import dev.ringpost.id.PublicIds;
import dev.ringpost.intake.Committed;
import dev.ringpost.log.LastingFault;
import dev.ringpost.store.Event;
import dev.ringpost.store.Transaction;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes events and deliveries of what the engine notices, for the operator's endpoint. They are committed in batches, one
 * at a time, and then delivered like any other: durable, retried, in the account's log. Nothing is told about the
 * operator's endpoint itself. A flood is thinned out, see {@link NoticeLimit}.
 */
public final class OpsNotices implements Notices, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpsNotices.class);
    private static final long TURN_MILLIS = 1000;

    private final Parts parts;
    private final LastingFault fault;
    private final NoticePayloads payloads;
    private final NoticeLimit limit = new NoticeLimit();
    private final ScheduledThreadPoolExecutor turns = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("ops-notices").factory());

    private @Nullable Consumer<List<Committed>> engine;
    private List<NoticeLimit.Passed> writing = List.of();

    /**
     * What it works with.
     *
     * @param endpoint the number of the operator's endpoint
     */
    public record Parts(InstantSource clock, NumberSource numbers, PublicIds ids, Journal journal, long endpoint) {}

    public OpsNotices(Parts parts) {
        this.parts = parts;
        this.fault = new LastingFault(LOG, parts.clock(), "Notices to the operator are committed again");
        this.payloads = new NoticePayloads(parts.ids());
    }

    /**
     * Starts to write what was told and is told from now on; called once.
     *
     * @param engine takes what is committed
     */
    public synchronized void start(Consumer<List<Committed>> engine) {
        this.engine = engine;
        var _ = turns.scheduleWithFixedDelay(this::turn, TURN_MILLIS, TURN_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void tell(Notice notice) {
        if (notice.webhook().kind() == WebhookKind.OPS) {
            return;
        }
        synchronized (this) {
            limit.add(notice, parts.clock().instant());
        }
        turn();
    }

    /** What is still held back, or not committed yet, is not told. */
    @Override
    public void close() {
        turns.shutdownNow();
    }

    /** Writes what has passed, where nothing is being written. */
    private void turn() {
        List<NoticeLimit.Passed> batch;
        synchronized (this) {
            if (engine == null || !writing.isEmpty()) {
                return;
            }
            batch = limit.take(parts.clock().instant());
            writing = batch;
        }
        if (!batch.isEmpty()) {
            write(batch);
        }
    }

    private void write(List<NoticeLimit.Passed> batch) {
        var _ = parts.journal()
                .change(transaction -> commit(transaction, batch))
                .whenComplete((committed, failure) -> {
                    if (failure == null) {
                        fault.worked();
                        written(committed);
                    } else if (!turns.isShutdown()) {
                        fault.came("Notices to the operator could not be committed, they are tried again: "
                                + failure.getMessage());
                        var _ = turns.schedule(() -> write(batch), TURN_MILLIS, TimeUnit.MILLISECONDS);
                    }
                });
    }

    private void written(List<Committed> committed) {
        Consumer<List<Committed>> taker;
        synchronized (this) {
            taker = engine;
        }
        if (taker != null && !committed.isEmpty()) {
            taker.accept(committed);
        }
        // Only now may the next batch be written: for one endpoint the engine takes deliveries in the order of numbers.
        synchronized (this) {
            writing = List.of();
        }
        turn();
    }

    /** While the endpoint is inactive the events are kept, and nothing is delivered. */
    private List<Committed> commit(Transaction transaction, List<NoticeLimit.Passed> batch) {
        Optional<Webhook> endpoint = transaction.webhook(parts.endpoint());
        if (endpoint.isEmpty()) {
            return List.of();
        }
        Webhook webhook = endpoint.get();
        List<Event> events =
                batch.stream().map(passed -> event(passed, webhook)).toList();
        transaction.insertEvents(events);
        if (!webhook.isActive()) {
            return List.of();
        }
        List<Committed> committed = events.stream()
                .map(event -> new Committed(delivery(event), webhook, event.payload(), false))
                .toList();
        transaction.insertFresh(committed.stream().map(Committed::delivery).toList());
        return committed;
    }

    private Event event(NoticeLimit.Passed passed, Webhook endpoint) {
        long no = parts.numbers().next();
        Instant createdAt = NumberSource.timeOf(no);
        return new Event(
                no,
                endpoint.account(),
                endpoint.no(),
                0,
                NoticePayloads.typeOf(passed.notice()),
                createdAt,
                payloads.write(no, createdAt, passed.notice(), passed.suppressed()));
    }

    private static Delivery delivery(Event event) {
        return new Delivery(event.no(), event.call(), event.account(), event.call(), event.sequence(), event.type());
    }
}
