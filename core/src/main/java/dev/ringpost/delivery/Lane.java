package dev.ringpost.delivery;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.id.NumberSource;
import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.Webhook;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint's deliveries: what is in memory, what is known of the rest in the store, and when the next may go.
 *
 * <p>Inputs only change what is known; {@link #load}, {@link #canSend} and {@link #nextLook} find what there is to do from
 * that alone, so nothing depends on which input came last.
 */
final class Lane {
    /** Tried deliveries due within this time are kept in memory. */
    private static final long SOON = 60_000;

    /** Deliveries in the store are loaded this long before they are due. */
    private static final long LOAD_AHEAD = 5_000;

    private static final int CANCEL_SLICE = 250;
    private static final long IDLE_LIFE = 60_000;

    private final LaneHealth health;
    private final Head head = new Head();
    private final long endpoint;
    private final long account;
    private final RetryPolicy policy;
    private final Consumer<Effect> effects;
    private final Breaker breaker;
    private final Window window = new Window();
    private final TokenBucket bucket = new TokenBucket();
    private final Beyond beyond = new Beyond();

    private @Nullable Webhook webhook;
    private boolean gone;
    private long idleSince;

    /** It waits for its turn in {@link Slots}. */
    boolean queuedForSlot;

    /** The engine will look at it in the next tick. */
    boolean touched;

    /** The earliest wake-up that the engine has noted for it; 0: none. */
    long wakeAt;

    Lane(long endpoint, long account, RetryPolicy policy, Consumer<Effect> effects) {
        this.endpoint = endpoint;
        this.account = account;
        this.policy = policy;
        this.effects = effects;
        this.breaker = new Breaker(policy);
        this.health = new LaneHealth(breaker);
    }

    long account() {
        return account;
    }

    long endpoint() {
        return endpoint;
    }

    Slots.Share share() {
        if (breaker.failures() > 0) {
            return Slots.Share.FAILING;
        }
        return health.lastSuccessAt() > 0 ? Slots.Share.PROVEN : Slots.Share.UNPROVEN;
    }

    int waitingInMemory() {
        return head.size();
    }

    /** The delivery of this event, if it is in flight. */
    @Nullable
    Entry inFlight(long event) {
        Entry entry = head.get(event);
        return entry != null && entry.state == Entry.State.IN_FLIGHT ? entry : null;
    }

    boolean isBreakerOpen() {
        return breaker.isOpen();
    }

    boolean hasMoreInStore() {
        return !beyond.isEmpty();
    }

    /** The store holds deliveries of this lane, as saved before a restart. */
    void restore(LaneState state) {
        health.restore(state);
        beyond.restore(state.highCall());
    }

    void arrived(Delivery delivery, Webhook current, long now) {
        webhook = current;
        if (gone) {
            end(Entry.fresh(delivery), DeliveryEnd.CANCELLED, null);
            beyond.writing();
            return;
        }
        if (delivery.type() == EventType.TRANSCRIPT_PARTIAL || delivery.type().endsCall()) {
            overtakePartials(delivery.call(), delivery.event());
        }
        if (isHeld(current)
                || breaker.isOpen()
                || head.size() >= capacity(current)
                || beyond.blocks(delivery.call(), isStrict())) {
            spill(delivery);
        } else {
            head.addUntried(Entry.fresh(delivery), current.options().ordering());
        }
    }

    /** Partials of the call that are older than this event and still wait end here. */
    void overtakePartials(long call, long event) {
        if (webhook == null || !webhook.events().contains(EventType.TRANSCRIPT_PARTIAL)) {
            return;
        }
        for (Entry entry : head.ofCall(call)) {
            if (entry.delivery.type() == EventType.TRANSCRIPT_PARTIAL && entry.delivery.event() < event) {
                if (entry.isWaiting()) {
                    end(entry, DeliveryEnd.SUPERSEDED, null);
                } else {
                    entry.overtaken = true;
                }
            }
        }
    }

    /** True where a delivery may go now, as far as the lane itself is concerned. */
    boolean canSend(long now) {
        Webhook current = webhook;
        if (current == null || gone || isHeld(current) || !head.hasRunnable(now)) {
            return false;
        }
        if (breaker.isOpen() && (now < breaker.probeAt() || window.inFlight() > 0)) {
            return false;
        }
        return window.hasRoom(current.options().maxInFlight())
                && bucket.availableAt(current.options().rateLimit(), now) <= now;
    }

    /** Takes the next delivery that is worth an attempt out of the head and into flight; null where none is. */
    @Nullable
    Entry startNext(long now) {
        Webhook current = webhook;
        while (current != null && canSend(now)) {
            Entry entry = breaker.isOpen() ? head.pollOldest(now) : head.poll(now);
            if (entry == null) {
                return null;
            }
            DeliveryEnd end = unwanted(entry, current, now);
            if (end == null) {
                entry.state = Entry.State.IN_FLIGHT;
                window.started();
                bucket.take();
                effects.accept(new Effect.Send(entry.delivery, entry.attempts + 1, current));
                return entry;
            }
            end(entry, end, null);
        }
        return null;
    }

    void finished(Entry entry, AttemptResult result, long now) {
        entry.attempts++;
        Webhook current = webhook;
        if (result.verdict() == Verdict.SUCCEEDED) {
            boolean wasOpen = breaker.isOpen();
            health.succeeded(now);
            window.succeeded(current == null ? 1 : current.options().maxInFlight());
            if (wasOpen) {
                window.restart();
                tell(current == null ? null : new Notice.Recovered(current));
            }
            end(entry, DeliveryEnd.SUCCEEDED, result);
            return;
        }
        window.failed(result.verdict() == Verdict.OVERLOADED);
        boolean wasOpen = breaker.isOpen();
        boolean opened = health.failed(now, result);
        if (breaker.isOpen() && !wasOpen && current != null) {
            tell(new Notice.Failing(current, breaker.failures(), result.error()));
        }
        if (current == null || gone) {
            end(entry, DeliveryEnd.CANCELLED, result);
        } else {
            failed(entry, result, current, now);
            if (result.verdict() == Verdict.GONE && current.isActive()) {
                effects.accept(new Effect.Disable(current, "The receiver answered 410 Gone"));
            }
        }
        if (opened) {
            moveWaitingToStore();
            save();
        }
    }

    /** The event is no longer stored. */
    void vanished(Entry entry) {
        window.failed(false);
        end(entry, DeliveryEnd.CANCELLED, null);
    }

    void committed(LaneWrite write, long now) {
        switch (write) {
            case LaneWrite.Spill _ -> beyond.written();
            case LaneWrite.Save _ -> {}
            case LaneWrite.Finish finish -> {
                Entry entry = head.get(finish.delivery().event());
                if (entry == null) {
                    beyond.written();
                } else {
                    head.forget(entry);
                    beyond.left(finish.delivery().event(), Beyond.ENDED);
                }
                if (isStrict()) {
                    beyond.mayUnblock(finish.delivery().call());
                }
            }
            case LaneWrite.Retry retry -> {
                Entry entry = head.get(retry.delivery().event());
                if (entry != null) {
                    retryCommitted(entry, retry, now);
                }
            }
        }
    }

    private void retryCommitted(Entry entry, LaneWrite.Retry retry, long now) {
        Webhook current = webhook;
        Place.Tried place = new Place.Tried(retry.dueAt());
        boolean stays = current != null
                && !gone
                && !isHeld(current)
                && !breaker.isOpen()
                && head.size() <= capacity(current)
                && retry.dueAt() <= now + SOON;
        if (stays || entry.overtaken) {
            head.retryLater(entry, place);
            if (entry.overtaken) {
                end(entry, DeliveryEnd.SUPERSEDED, null);
            }
        } else {
            head.forget(entry);
            leaveTried(retry.delivery(), retry.attempts(), retry.dueAt());
            if (isStrict()) {
                beyond.movedBack();
                head.ofCall(retry.delivery().call()).stream()
                        .filter(Entry::isWaiting)
                        .forEach(this::moveToStore);
                head.dropCall(retry.delivery().call());
            }
        }
    }

    /** @param current null: the endpoint was deleted */
    void loaded(Backlogged rows, @Nullable Webhook current, long now) {
        if (webhook == null) {
            webhook = current;
        }
        if (current == null) {
            gone = true;
        }
        // A load asked for before it was known that the order is strict has rows that must wait.
        boolean outdated = beyond.isOutdated() || (isStrict() && !beyond.isLoadingStrict());
        if (gone) {
            cancelRows(rows);
        } else if (outdated || webhook == null || isHeld(webhook) || (breaker.isOpen() && now < breaker.probeAt())) {
            rows.tried().stream().findFirst().ifPresent(row -> beyond.triedDueAt(row.dueAt()));
            answered(rows, !rows.untried().isEmpty());
        } else {
            answered(rows, !admit(rows, webhook, now));
        }
    }

    private void answered(Backlogged rows, boolean someNotTaken) {
        beyond.answered(rows, someNotTaken, isStrict() && !head.isEmpty());
    }

    /** Changes are told by several threads: one that comes late must not undo a newer one. */
    void changed(Webhook current, long now) {
        if (webhook != null && current.updatedAt().isBefore(webhook.updatedAt())) {
            return;
        }
        boolean wasHeld = webhook != null && isHeld(webhook);
        webhook = current;
        if (isHeld(current)) {
            moveWaitingToStore();
        } else {
            if (wasHeld) {
                beyond.unknown();
            }
            for (Entry entry : head.waiting()) {
                DeliveryEnd end = unwanted(entry, current, now);
                if (end != null) {
                    end(entry, end, null);
                }
            }
        }
    }

    void deleted() {
        gone = true;
        for (Entry entry : head.waiting()) {
            end(entry, DeliveryEnd.CANCELLED, null);
        }
    }

    void repaired(long now) {
        if (breaker.isOpen()) {
            window.restart();
        }
        health.repaired();
        head.makeDue(now);
    }

    /** Asks for what should be in memory by now. */
    void load(long now) {
        Webhook current = webhook;
        if (!beyond.mayLoad()) {
            return;
        }
        int wanted;
        if (gone) {
            wanted = beyond.isEmpty() ? 0 : CANCEL_SLICE;
        } else if (current == null) {
            wanted = 1;
        } else if (isHeld(current)) {
            wanted = 0;
        } else if (breaker.isOpen()) {
            boolean probe = now >= breaker.probeAt() && window.inFlight() == 0 && !head.hasRunnable(now);
            wanted = probe && beyond.hasRunnable(now) ? 1 : 0;
        } else {
            int room = capacity(current) - head.size();
            wanted = room > capacity(current) / 2 && beyond.hasRunnable(now + LOAD_AHEAD) ? room : 0;
        }
        if (wanted > 0) {
            boolean strict = isStrict() && !gone;
            beyond.loading(strict);
            int limit = wanted + head.alsoInQueue();
            effects.accept(new Effect.Load(endpoint, limit, limit, strict));
        }
    }

    /** When to look at it again, in milliseconds since 1970; {@link Long#MAX_VALUE} where an input will say. */
    long nextLook(long now) {
        Webhook current = webhook;
        if (current == null || gone || isHeld(current)) {
            return Long.MAX_VALUE;
        }
        boolean runnable = head.hasRunnable(now);
        long sendAt = runnable ? bucket.availableAt(current.options().rateLimit(), now) : head.nextDue();
        if (breaker.isOpen()) {
            long next = runnable ? sendAt : Math.min(sendAt, beyond.runnableAt());
            return window.inFlight() > 0 ? Long.MAX_VALUE : later(Math.max(breaker.probeAt(), next), now);
        }
        long loadAt = beyond.runnableAt() == Long.MAX_VALUE ? Long.MAX_VALUE : beyond.runnableAt() - LOAD_AHEAD;
        return Math.min(later(sendAt, now), later(loadAt, now));
    }

    /** A time that has come needs no look: what could be done was done, and the rest waits for an input. */
    private static long later(long at, long now) {
        return at > now ? at : Long.MAX_VALUE;
    }

    /** True once it has had nothing to do for a minute. */
    boolean isIdle(long now) {
        if (!head.isEmpty() || !beyond.isSettledAndEmpty() || breaker.isOpen()) {
            idleSince = 0;
            return false;
        }
        if (idleSince == 0) {
            idleSince = now;
        }
        return now - idleSince >= IDLE_LIFE;
    }

    /** When it will have been idle for long enough; {@link Long#MAX_VALUE} while it is not idle. */
    long idleAt() {
        return idleSince == 0 ? Long.MAX_VALUE : idleSince + IDLE_LIFE;
    }

    boolean isSaved() {
        return !health.isChanged();
    }

    void save() {
        effects.accept(
                new Effect.Write(new LaneWrite.Save(health.state(endpoint, account, nextAt(), beyond.highCall()))));
    }

    /**
     * No later than anything of the lane in the queue may run. What is in memory may come to the queue by a write that is
     * under way, so it counts as due at once: an early look is harmless, a late one would lose a delivery for a while.
     */
    private long nextAt() {
        long next = head.isEmpty() ? beyond.runnableAt() : 0;
        return next == Long.MAX_VALUE ? next : Math.max(next, breaker.probeAt());
    }

    /** How the lane is doing; its counts of what waits in memory. */
    LaneState snapshot() {
        return health.snapshot(endpoint, account, nextAt(), beyond.highCall());
    }

    /** False where some of the untried rows found no room. */
    private boolean admit(Backlogged rows, Webhook current, long now) {
        Ordering ordering = current.options().ordering();
        for (Queued row : rows.tried()) {
            if (head.contains(row.delivery().event()) || beyond.isStale(row)) {
                continue;
            }
            if (head.size() < capacity(current) && row.dueAt() <= now + SOON) {
                head.addTried(Entry.of(row), ordering);
            } else {
                beyond.triedDueAt(row.dueAt());
            }
        }
        for (Queued row : rows.untried()) {
            if (head.contains(row.delivery().event()) || beyond.isStale(row)) {
                continue;
            }
            if (head.size() >= capacity(current)) {
                return false;
            }
            head.addUntried(Entry.of(row), ordering);
            if (row.delivery().type() == EventType.TRANSCRIPT_PARTIAL
                    || row.delivery().type().endsCall()) {
                overtakePartials(row.delivery().call(), row.delivery().event());
            }
        }
        return true;
    }

    private void cancelRows(Backlogged rows) {
        for (List<Queued> part : List.of(rows.untried(), rows.tried())) {
            for (Queued row : part) {
                if (!head.contains(row.delivery().event()) && !beyond.isStale(row)) {
                    beyond.writing();
                    write(new LaneWrite.Finish(
                            row.delivery(), row.place(), row.attempts(), DeliveryEnd.CANCELLED, null));
                }
            }
        }
        // A strict load left out rows that must be cancelled as well.
        answered(rows, beyond.isLoadingStrict());
    }

    private void failed(Entry entry, AttemptResult result, Webhook current, long now) {
        DeliveryEnd end = unwanted(entry, current, now);
        long dueAt = policy.dueAfterFailure(current, entry.step, now, result.retryAfter());
        if (end == null && dueAt < 0) {
            end = DeliveryEnd.GAVE_UP;
        } else if (end == null && isStale(entry.delivery, dueAt)) {
            end = DeliveryEnd.SUPERSEDED;
        }
        if (end != null) {
            end(entry, end, result);
            if (end == DeliveryEnd.GAVE_UP) {
                tell(new Notice.Exhausted(current, entry.delivery, entry.attempts, result.error()));
            }
            return;
        }
        entry.state = Entry.State.UNRECORDED;
        entry.step++;
        write(new LaneWrite.Retry(entry.delivery, entry.place, entry.attempts, entry.step, dueAt, result));
        if (isStrict()) {
            beyond.raiseHighCall(entry.delivery.call());
        } else {
            head.releaseChain(entry);
        }
    }

    private void end(Entry entry, DeliveryEnd end, @Nullable AttemptResult result) {
        entry.state = Entry.State.UNRECORDED;
        head.releaseChain(entry);
        write(new LaneWrite.Finish(entry.delivery, entry.place, entry.attempts, end, result));
    }

    private static @Nullable DeliveryEnd unwanted(Entry entry, Webhook current, long now) {
        if (!current.events().contains(entry.delivery.type())) {
            return DeliveryEnd.CANCELLED;
        }
        return entry.overtaken || isStale(entry.delivery, now) ? DeliveryEnd.SUPERSEDED : null;
    }

    private static boolean isStale(Delivery delivery, long at) {
        return delivery.type() == EventType.TRANSCRIPT_PARTIAL
                && at - NumberSource.timeOf(delivery.event()).toEpochMilli() > RetryPolicy.PARTIAL_LIFE.toMillis();
    }

    private void spill(Delivery delivery) {
        beyond.spilled(delivery.call());
        write(new LaneWrite.Spill(delivery));
    }

    private void moveWaitingToStore() {
        head.waiting().forEach(this::moveToStore);
        head.dropWaiting();
    }

    private void moveToStore(Entry entry) {
        beyond.movedBack();
        switch (entry.place) {
            case Place.Fresh _ -> spill(entry.delivery);
            case Place.Untried _ -> beyond.untriedAgain(entry.delivery.call());
            case Place.Tried(long dueAt) -> leaveTried(entry.delivery, entry.attempts, Math.min(dueAt, entry.runAt));
        }
    }

    private void leaveTried(Delivery delivery, int attempts, long dueAt) {
        beyond.left(delivery.event(), attempts);
        beyond.triedDueAt(dueAt);
    }

    private void tell(@Nullable Notice notice) {
        if (notice != null) {
            effects.accept(new Effect.Tell(notice));
        }
    }

    private void write(LaneWrite write) {
        effects.accept(new Effect.Write(write));
    }

    private boolean isStrict() {
        return webhook != null && webhook.options().ordering() == Ordering.STRICT_CALL;
    }

    private static boolean isHeld(Webhook webhook) {
        return !webhook.isActive();
    }

    private static int capacity(Webhook webhook) {
        return Math.max(64, 8 * webhook.options().maxInFlight());
    }
}
