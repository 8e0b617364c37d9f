package dev.ringpost.store.memory;

import dev.ringpost.call.Call;
import dev.ringpost.delivery.Queued;
import dev.ringpost.id.NumberSource;
import dev.ringpost.store.ApiKey;
import dev.ringpost.store.Backlog;
import dev.ringpost.store.CallTimer;
import dev.ringpost.store.Event;
import dev.ringpost.store.KeptAnswer;
import dev.ringpost.store.Records;
import dev.ringpost.store.Transaction;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a database holds. One transaction at a time; reads see what is committed and what the transaction under
 * way has done, so who reads in between two transactions sees what is committed.
 */
public final class MemoryStore {
    private final Undo undo = new Undo();
    final NumberSource numbers;
    final Endpoints endpoints;
    final Calls calls;
    final Log log;
    final Replays replays;
    final Deliveries deliveries;
    final Sweeps sweeps;
    final Table<Long, ApiKey> keys;
    final Table<Long, KeptAnswer> answers;
    final CountTable counts;
    final Table<Long, Instant> accountErasures;
    private final MemoryBacklog backlog;
    private final MemoryRecords records;

    /** @param numbers gives the endpoints of calls and the rows of the log their numbers */
    public MemoryStore(NumberSource numbers) {
        this.numbers = numbers;
        this.endpoints = new Endpoints(undo, numbers);
        this.calls = new Calls(undo);
        this.log = new Log(undo, numbers, this::hasKey, endpoints::url);
        this.replays = new Replays(undo);
        this.deliveries = new Deliveries(undo, log, replays, this::hasKey);
        this.sweeps = new Sweeps(undo);
        this.keys = new Table<>(undo);
        this.answers = new Table<>(undo);
        this.counts = new CountTable(undo);
        this.accountErasures = new Table<>(undo);
        this.backlog = new MemoryBacklog(this);
        this.records = new MemoryRecords(this);
    }

    private boolean hasKey(long call) {
        return calls.keys.contains(call);
    }

    /** Goes on until {@link #commit} or {@link #rollback}. */
    public Transaction begin() {
        return new MemoryTransaction(this);
    }

    /** @return what became of deliveries, in order */
    public List<DeliveryChange> commit() {
        undo.forget();
        return deliveries.takeChanges();
    }

    public void rollback() {
        undo.run();
        deliveries.takeChanges();
    }

    public Backlog backlog() {
        return backlog;
    }

    public Records records() {
        return records;
    }

    /** When the earliest timer of these kinds is due; empty where there is none. */
    public Optional<Instant> nextTimer(CallTimer.Kind kind) {
        var timers = calls.timers(kind);
        return timers.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(timers.getFirst().due());
    }

    /** The event is stored, or its call was erased or is too old. */
    public boolean knows(long event) {
        return calls.events.has(event) || calls.forgotten.has(event);
    }

    /** Nothing of the call can be read any more. */
    public boolean isErased(long call) {
        return !hasKey(call);
    }

    /** All that are stored. */
    public Collection<Call> calls() {
        return calls.rows.all();
    }

    /** All that are stored and readable, in the order of their numbers. */
    public List<Event> events() {
        return calls.events.all().stream().filter(event -> hasKey(event.call())).toList();
    }

    /** As if the call had grown too old, and its timers had not. */
    public void forgetCall(long no) {
        calls.rows.remove(no);
        commit();
    }

    /** How many deliveries wait, wherever they stand. */
    public long waiting() {
        return deliveries.fresh.size()
                + deliveries.queues().values().stream()
                        .mapToLong(queue -> queue.rows().size())
                        .sum();
    }

    /** Where a delivery stands that waits. */
    public Optional<Queued> queued(DeliveryKey key) {
        return Optional.ofNullable(deliveries.queue(key.endpoint()).get(key.event()))
                .map(Queue.Row::queued);
    }
}
