package dev.ringpost.delivery;

import dev.ringpost.call.EventType;
import dev.ringpost.webhook.Webhook;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint's deliveries: what is in memory, what is known of the rest in the store, and when the next may go.
 *
 * <p>Inputs only change what is known; {@link #load}, {@link #canSend} and {@link #nextLook} find what there is to do from
 * that alone, so nothing depends on which input came last.
 */
final class Lane {
    private static final long IDLE_LIFE = 60_000;

    /** After so many failures in a row an endpoint that has worked draws on the slots of failing ones. */
    private static final int FAILURES_OF_THE_FAILING = 3;

    private final LaneHealth health;
    private final Head head;
    private final long endpoint;
    private final long account;
    private final LaneOutput output;
    private final Breaker breaker;
    private final Outage outage;
    private final Window window = new Window();
    private final Pace pace = new Pace();
    private final TokenBucket bucket = new TokenBucket();
    private final Beyond beyond = new Beyond();
    private final Loading loading;
    private final Outcomes outcomes;
    private final Unwanted unwanted = new Unwanted();
    private final Room room;

    private final LaneWebhook webhook = new LaneWebhook();
    private long idleSince;
    private long restsUntil;

    /** It waits for its turn in {@link Slots}, for a slot of this share. */
    Slots.@Nullable Share waitsFor;

    /** The engine will look at it in the next tick. */
    boolean touched;

    /** The earliest wake-up that the engine has noted for it; 0: none. */
    long wakeAt;

    Lane(long endpoint, long account, RetryPolicy policy, Outage outage, Room room, Consumer<Effect> effects) {
        this.endpoint = endpoint;
        this.account = account;
        this.room = room;
        this.head = new Head(room);
        this.outage = outage;
        this.breaker = new Breaker(policy);
        this.health = new LaneHealth(breaker);
        this.output = new LaneOutput(endpoint, account, head, beyond, health, effects);
        LaneParts parts =
                new LaneParts(webhook, head, beyond, breaker, health, window, pace, unwanted, outage, policy, output);
        this.loading = new Loading(parts);
        this.outcomes = new Outcomes(parts);
    }

    long account() {
        return account;
    }

    long endpoint() {
        return endpoint;
    }

    Slots.Share share(long now) {
        if (health.lastSuccessAt() == 0) {
            return breaker.failures() > 0 ? Slots.Share.FAILING : Slots.Share.UNPROVEN;
        }
        if (breaker.failures() >= FAILURES_OF_THE_FAILING) {
            return Slots.Share.FAILING;
        }
        return pace.isSlow(now) ? Slots.Share.SLOW : Slots.Share.PROVEN;
    }

    int attemptsInFlight() {
        return window.inFlight();
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

    int inMemory() {
        return head.size();
    }

    /** The store holds deliveries of this lane, as saved before a restart or added since the lane was last in memory. */
    void restore(LaneState state) {
        health.remember(state.health());
        beyond.restore(state.highCall());
    }

    /** What came before may show that the breaker should have opened by now. */
    void remembered(Health before) {
        boolean wasOpen = breaker.isOpen() || before.probeAt() != 0;
        health.remember(before);
        Webhook current = webhook.standing();
        if (breaker.isOpen() && !wasOpen && current != null) {
            output.tell(new Notice.Failing(
                    current, breaker.failures(), health.snapshot().lastError()));
            output.moveWaitingToStore();
        }
        output.save();
    }

    void arrived(Delivery delivery, Webhook asCommitted, long now) {
        if (webhook.isReleased()) {
            return;
        }
        Webhook current = learn(asCommitted, now);
        // What comes by itself needs no spreading, and waits for nothing that does.
        restsUntil = 0;
        Entry entry = Entry.fresh(delivery, now);
        if (webhook.isGone()) {
            output.end(entry, DeliveryEnd.CANCELLED, null);
            beyond.writing();
            return;
        }
        if (delivery.type() == EventType.TRANSCRIPT_PARTIAL || delivery.type().endsCall()) {
            overtakePartials(delivery.call(), delivery.event());
        }
        if (!current.isActive()
                || breaker.isOpen()
                || (outage.isOn() && !head.isEmpty())
                || head.size() >= (share(now) == Slots.Share.PROVEN ? room.ofBurst(current) : Room.of(current))
                || beyond.blocks(delivery.call(), webhook.isStrict())) {
            output.spill(delivery);
        } else {
            head.add(entry, current.options().ordering());
        }
    }

    /** Partials of the call that are older than this event and still wait end here. */
    void overtakePartials(long call, long event) {
        if (beyond.mayHold(call)) {
            unwanted.overtaken(call, event);
        }
        Webhook current = webhook.known();
        if (current == null || !current.events().contains(EventType.TRANSCRIPT_PARTIAL)) {
            return;
        }
        for (Entry entry : head.ofCall(call)) {
            if (entry.delivery.type() == EventType.TRANSCRIPT_PARTIAL && entry.delivery.event() < event) {
                if (entry.isWaiting()) {
                    output.end(entry, DeliveryEnd.SUPERSEDED, null);
                } else {
                    entry.overtaken = true;
                }
            }
        }
    }

    /** True where a delivery may go now, as far as the lane itself is concerned. */
    boolean canSend(long now) {
        Webhook current = webhook.open();
        if (current == null) {
            return false;
        }
        boolean heldByBreaker = breaker.isOpen() && (now < breaker.probeAt() || window.inFlight() > 0);
        if (!head.hasAsked() && (heldByBreaker || now < restsUntil || !head.hasRunnable(now))) {
            return false;
        }
        return window.hasRoom(current.options().maxInFlight())
                && bucket.availableAt(current.options().rateLimit(), now) <= now;
    }

    /** Takes the next delivery that is worth an attempt out of the head and into flight; null where none is. */
    @Nullable
    Entry startNext(long now) {
        Webhook current = webhook.known();
        while (current != null && canSend(now)) {
            Entry entry = next(now);
            if (entry == null) {
                return null;
            }
            DeliveryEnd end = unwanted.endOf(entry, current, now);
            if (end == null) {
                entry.state = Entry.State.IN_FLIGHT;
                entry.repairs = webhook.repairs();
                entry.overloads = window.started();
                pace.started(now);
                bucket.take();
                output.send(entry, current);
                return entry;
            }
            output.end(entry, end, null);
        }
        return null;
    }

    private @Nullable Entry next(long now) {
        Entry asked = head.pollAsked();
        if (asked != null) {
            return asked;
        }
        return breaker.isOpen() ? head.pollOldest(now) : head.poll(now);
    }

    void finished(Entry entry, AttemptResult result, long now) {
        outcomes.finished(entry, result, now);
    }

    /** An attempt reached nobody. */
    void missed(AttemptResult result, long now) {
        outage.missed(result, account, breaker.failures() == 0, now);
    }

    /** Nothing that nobody asked for goes before this time. */
    void rest(long until) {
        restsUntil = until;
    }

    /** The event is no longer stored. */
    void vanished(Entry entry, long now) {
        outcomes.vanished(entry, now);
    }

    void committed(LaneWrite write, long now) {
        outcomes.committed(write, now);
    }

    /** @param read null: the endpoint was deleted */
    void loaded(Backlogged rows, @Nullable Webhook read, long now) {
        if (read == null) {
            goes();
            loading.cancel(rows);
        } else if (webhook.isGone()) {
            loading.cancel(rows);
        } else {
            loading.take(rows, learn(read, now), now).forEach(row -> overtakePartials(row.call(), row.event()));
        }
    }

    /** Its webhook was changed. Two changes may come in another order than they were committed: the newest holds. */
    void changed(Webhook changed, long now) {
        Webhook before = webhook.known();
        if (before != null && before.updatedAt().isAfter(changed.updatedAt())) {
            return;
        }
        webhook.is(changed);
        if (!changed.isActive()) {
            output.moveWaitingToStore();
        } else if (before != null && !before.isActive()) {
            beyond.unknown();
        }
        if (before != null && before.options().ordering() != changed.options().ordering()) {
            output.moveWaitingToStore();
            head.reorder(changed.options().ordering());
            beyond.reorder(head.highestCall());
        }
        endUnwanted(changed, now);
    }

    /** What came with a delivery or a load may be newer than the last change that was told, and may be older. */
    private Webhook learn(Webhook other, long now) {
        Webhook known = webhook.known();
        if (known == null || other.updatedAt().isAfter(known.updatedAt())) {
            changed(other, now);
            return other;
        }
        return known;
    }

    private void endUnwanted(Webhook current, long now) {
        for (Entry entry : head.waiting()) {
            DeliveryEnd end = unwanted.endOf(entry, current, now);
            if (end != null) {
                output.end(entry, end, null);
            }
        }
    }

    /** It has no health from here on, which would keep it in memory for as long as its breaker is open. */
    private void goes() {
        if (!webhook.isGone()) {
            webhook.goes();
            health.repaired();
        }
    }

    void deleted() {
        goes();
        for (Entry entry : head.waiting()) {
            output.end(entry, DeliveryEnd.CANCELLED, null);
        }
    }

    /** Another engine gets the endpoint: only what is in flight or not recorded is this one's still. */
    void release() {
        if (!webhook.isReleased()) {
            webhook.release();
            beyond.unknown();
            // What is saved once the rest has ended must still tell of what waits here now.
            beyond.raiseHighCall(head.highestCall());
            output.save();
        }
        head.dropWaiting();
    }

    void repaired(long now) {
        webhook.repair();
        if (breaker.isOpen()) {
            window.restart();
        }
        health.repaired();
        head.makeDue(now);
        restsUntil = 0;
        output.save();
    }

    /** The store's queue was changed otherwise than by this lane's own writes. */
    void storeChanged() {
        beyond.unknown();
        // What a load under way has read may not be there any more.
        beyond.movedBack();
    }

    /** Somebody asked for the delivery of this event, and the store holds it as asked for. */
    void asked(long event) {
        Entry entry = head.get(event);
        if (entry == null) {
            beyond.unknown();
            return;
        }
        entry.step = 0;
        switch (entry.state) {
            case WAITING -> head.ask(entry);
            case IN_FLIGHT, FAILED -> {
                head.markStored(entry);
                entry.askedAgain = true;
            }
            case ENDED -> {}
        }
    }

    /**
     * What the sweep covers ends: what waits here at once, what comes to memory later as long as the sweep lasts. Returns
     * the events that it covers and that are not for others to end: in flight or not recorded yet.
     */
    Set<Long> cancel(Sweep.Cancel sweep) {
        unwanted.add(sweep);
        Set<Long> busy = new HashSet<>();
        for (Entry entry : List.copyOf(head.all())) {
            if (sweep.covers(entry.delivery, entry.replay)) {
                if (entry.isWaiting()) {
                    output.end(entry, DeliveryEnd.CANCELLED, null);
                } else {
                    busy.add(entry.delivery.event());
                }
            }
        }
        return busy;
    }

    /** The store holds nothing any more that the sweep covers, so what a load brought meanwhile must not go either. */
    void swept(Sweep.Cancel sweep) {
        for (Entry entry : head.waiting()) {
            if (sweep.covers(entry.delivery, entry.replay)) {
                output.end(entry, DeliveryEnd.CANCELLED, null);
            }
        }
        unwanted.remove(sweep);
    }

    /** Asks for what should be in memory by now. */
    void load(long now) {
        if (webhook.isReleased() || !beyond.mayLoad() || (now < restsUntil && !beyond.hasAsked())) {
            return;
        }
        boolean gone = webhook.isGone();
        Limits wanted = gone ? loading.toCancel() : loading.wanted(webhook.known(), window.inFlight() > 0, now);
        if (!wanted.equals(Limits.NONE)) {
            boolean strict = webhook.isStrict() && !gone;
            beyond.loading(strict);
            output.load(wanted.plus(head.stored()), strict);
        }
    }

    /** When to look at it again, in milliseconds since 1970; {@link Long#MAX_VALUE} where an input will say. */
    long nextLook(long now) {
        Webhook current = webhook.open();
        if (current == null) {
            return Long.MAX_VALUE;
        }
        if (now < restsUntil && !head.hasAsked()) {
            return restsUntil;
        }
        boolean runnable = head.hasAsked() || head.hasRunnable(now);
        long sendAt = runnable ? bucket.availableAt(current.options().rateLimit(), now) : head.nextDue();
        if (breaker.isOpen() && !head.hasAsked()) {
            long next = runnable ? sendAt : Math.min(sendAt, beyond.runnableAt());
            return window.inFlight() > 0 ? Long.MAX_VALUE : later(Math.max(breaker.probeAt(), next), now);
        }
        return Math.min(later(sendAt, now), later(loading.nextAt(), now));
    }

    /** A time that has come needs no look: what could be done was done, and the rest waits for an input. */
    private static long later(long at, long now) {
        return at > now ? at : Long.MAX_VALUE;
    }

    /**
     * True once it has had nothing to do for a minute, or is released and has nothing under way.
     *
     * @param crowded there are so many lanes that a minute is too long
     */
    boolean isIdle(boolean crowded, long now) {
        if (webhook.isReleased()) {
            return head.isEmpty() && !beyond.isWriting();
        }
        boolean busy = !head.isEmpty() || !beyond.isSettledAndEmpty() || !unwanted.isEmpty();
        if (busy || breaker.isOpen() || health.awaitsPast()) {
            idleSince = 0;
            return false;
        }
        if (idleSince == 0) {
            idleSince = now;
        }
        return (crowded && !isRateLimited()) || now - idleSince >= IDLE_LIFE;
    }

    /** Who forgets how many went in the last second lets as many go in the next. */
    private boolean isRateLimited() {
        Webhook current = webhook.known();
        return current != null && current.options().rateLimit() != null;
    }

    /** When it will have been idle for long enough; {@link Long#MAX_VALUE} while it is not idle. */
    long idleAt() {
        return idleSince == 0 ? Long.MAX_VALUE : idleSince + IDLE_LIFE;
    }

    boolean isSaved() {
        return !health.isChanged();
    }

    void save() {
        output.save();
    }

    /** How the lane is doing. */
    LaneView view() {
        return output.view();
    }
}
