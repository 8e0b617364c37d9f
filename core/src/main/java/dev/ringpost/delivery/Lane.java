package dev.ringpost.delivery;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.Webhook;
import java.time.Duration;
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
    /** Tried deliveries due within this time are kept in memory. */
    private static final long SOON = 60_000;

    private static final long IDLE_LIFE = 60_000;

    /** After so many failures in a row an endpoint that has worked draws on the slots of failing ones. */
    private static final int FAILURES_OF_THE_FAILING = 3;

    private final LaneHealth health;
    private final Head head = new Head();
    private final long endpoint;
    private final long account;
    private final RetryPolicy policy;
    private final LaneOutput output;
    private final Breaker breaker;
    private final Outage outage;
    private final Window window = new Window();
    private final Pace pace = new Pace();
    private final TokenBucket bucket = new TokenBucket();
    private final Beyond beyond = new Beyond();
    private final Loading loading;
    private final Unwanted unwanted = new Unwanted();

    private @Nullable Webhook webhook;
    private boolean gone;
    private boolean released;
    private int repairs;
    private long idleSince;
    private long restsUntil;

    /** It waits for its turn in {@link Slots}, for a slot of this share. */
    Slots.@Nullable Share waitsFor;

    /** The engine will look at it in the next tick. */
    boolean touched;

    /** The earliest wake-up that the engine has noted for it; 0: none. */
    long wakeAt;

    Lane(long endpoint, long account, RetryPolicy policy, Outage outage, Consumer<Effect> effects) {
        this.endpoint = endpoint;
        this.account = account;
        this.policy = policy;
        this.outage = outage;
        this.output = new LaneOutput(head, beyond, effects);
        this.breaker = new Breaker(policy);
        this.health = new LaneHealth(breaker);
        this.loading = new Loading(head, beyond, breaker, outage, output, SOON);
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
        Webhook current = webhook;
        if (breaker.isOpen() && !wasOpen && current != null && !gone) {
            output.tell(new Notice.Failing(
                    current, breaker.failures(), health.snapshot().lastError()));
            moveWaitingToStore();
        }
        save();
    }

    void arrived(Delivery delivery, Webhook asCommitted, long now) {
        if (released) {
            return;
        }
        Webhook current = learn(asCommitted, now);
        // What comes by itself needs no spreading, and waits for nothing that does.
        restsUntil = 0;
        Entry entry = Entry.fresh(delivery, now);
        if (gone) {
            output.end(entry, DeliveryEnd.CANCELLED, null);
            beyond.writing();
            return;
        }
        if (delivery.type() == EventType.TRANSCRIPT_PARTIAL || delivery.type().endsCall()) {
            overtakePartials(delivery.call(), delivery.event());
        }
        if (isHeld(current)
                || breaker.isOpen()
                || (outage.isOn() && !head.isEmpty())
                || head.size() >= capacity(current)
                || beyond.blocks(delivery.call(), isStrict())) {
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
        if (webhook == null || !webhook.events().contains(EventType.TRANSCRIPT_PARTIAL)) {
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
        Webhook current = webhook;
        if (current == null || gone || released || isHeld(current)) {
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
        Webhook current = webhook;
        while (current != null && canSend(now)) {
            Entry entry = next(now);
            if (entry == null) {
                return null;
            }
            DeliveryEnd end = unwanted.endOf(entry, current, now);
            if (end == null) {
                entry.state = Entry.State.IN_FLIGHT;
                entry.repairs = repairs;
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
        entry.attempts++;
        pace.ended(now, result.duration());
        Webhook current = webhook;
        if (result.verdict() == Verdict.SUCCEEDED) {
            succeeded(entry, result, now);
            return;
        }
        boolean excused = outage.excuses(result, health.lastSuccessAt() > 0, now);
        boolean repeated = landed(entry, result, excused);
        // What began before a repair says nothing about the repaired endpoint.
        boolean counts = entry.repairs == repairs && !excused && !repeated;
        boolean wasOpen = breaker.isOpen();
        boolean opened = counts && health.failed(now, result);
        if (counts && health.asksForPast()) {
            output.recall(endpoint);
        }
        if (current == null || gone) {
            output.end(entry, DeliveryEnd.CANCELLED, result);
        } else {
            failed(entry, result, current, excused, now);
            if (counts) {
                judge(current, result, wasOpen, now);
            }
        }
        if (opened) {
            moveWaitingToStore();
        }
        // Whoever lists what fails reads what is saved.
        boolean beganToFail = counts && breaker.failures() == 1;
        if (opened || beganToFail) {
            save();
        }
    }

    /** An attempt reached nobody. */
    void missed(AttemptResult result, long now) {
        outage.missed(result, account, breaker.failures() == 0, now);
    }

    /** Nothing that nobody asked for goes before this time. */
    void rest(long until) {
        restsUntil = until;
    }

    /**
     * True where its answer only repeats that the endpoint has too much to do, which those that were in flight with it
     * have said: slowing down comes first, and five such answers in a row are five rounds.
     */
    private boolean landed(Entry entry, AttemptResult result, boolean excused) {
        if (result.verdict() != Verdict.OVERLOADED || excused) {
            window.failed();
            return false;
        }
        return !window.overloaded(entry.overloads) && result.responseStatus() != null;
    }

    private void succeeded(Entry entry, AttemptResult result, long now) {
        Webhook current = webhook;
        boolean wasOpen = breaker.isOpen();
        boolean wasFailing = breaker.failures() > 0;
        health.succeeded(now);
        window.succeeded(current == null ? 1 : current.options().maxInFlight());
        if (wasOpen) {
            window.restart();
            if (current != null) {
                output.tell(new Notice.Recovered(current));
            }
        }
        output.end(entry, DeliveryEnd.SUCCEEDED, result);
        if (wasFailing) {
            save();
        }
    }

    private void judge(Webhook current, AttemptResult result, boolean wasOpen, long now) {
        if (breaker.isOpen() && !wasOpen) {
            output.tell(new Notice.Failing(current, breaker.failures(), result.error()));
        }
        if (!current.isActive()) {
            return;
        }
        if (result.verdict() == Verdict.GONE) {
            output.disable(current, "The receiver answered 410 Gone");
        } else if (health.isHopeless(now)) {
            output.disable(
                    current,
                    "No attempt has succeeded for 5 days, and " + breaker.failures() + " have failed. The last error: "
                            + result.error());
        }
    }

    private void failed(Entry entry, AttemptResult result, Webhook current, boolean excused, long now) {
        DeliveryEnd end = unwanted.endOf(entry, current, now);
        boolean atOnce = entry.askedAgain || entry.repairs != repairs;
        long dueAt;
        if (atOnce) {
            dueAt = now;
        } else if (excused) {
            dueAt = policy.dueAfterOutage(now);
        } else {
            dueAt = policy.dueAfterFailure(current, entry.step, now, result.retryAfter());
        }
        if (end == null && dueAt < 0) {
            end = DeliveryEnd.GAVE_UP;
        } else if (end == null && Unwanted.isStale(entry, dueAt)) {
            end = DeliveryEnd.SUPERSEDED;
        }
        if (end != null) {
            output.end(entry, end, result);
            if (end == DeliveryEnd.GAVE_UP) {
                output.tell(new Notice.Exhausted(current, entry.delivery, entry.attempts, result.error()));
            }
            return;
        }
        entry.step += atOnce || excused ? 0 : 1;
        output.retry(entry, dueAt, now, result);
        if (isStrict()) {
            beyond.raiseHighCall(entry.delivery.call());
        } else {
            head.releaseChain(entry);
        }
    }

    /** The event is no longer stored. */
    void vanished(Entry entry, long now) {
        window.failed();
        pace.ended(now, Duration.ZERO);
        output.end(entry, DeliveryEnd.CANCELLED, null);
    }

    void committed(LaneWrite write, long now) {
        switch (write) {
            case LaneWrite.Spill _ -> beyond.spillWritten();
            case LaneWrite.Save _ -> {}
            case LaneWrite.Finish finish -> finishCommitted(finish);
            case LaneWrite.Retry retry -> {
                Entry entry = head.get(retry.delivery().event());
                if (entry != null) {
                    retryCommitted(entry, retry, now);
                }
            }
        }
    }

    private void finishCommitted(LaneWrite.Finish finish) {
        Entry entry = head.get(finish.delivery().event());
        if (entry == null) {
            beyond.written();
        } else {
            head.forget(entry);
            beyond.left(finish.delivery().event(), Beyond.ENDED);
        }
        if (isStrict()) {
            beyond.mayUnblock(finish.delivery().call());
            if (entry != null && entry.rank == Rank.REPLAYED) {
                beyond.dueAt(Rank.REPLAYED, 0);
            }
        }
    }

    private void retryCommitted(Entry entry, LaneWrite.Retry retry, long now) {
        Webhook current = webhook;
        boolean atOnce = entry.askedAgain || entry.repairs != repairs;
        Rank rank = entry.askedAgain ? Rank.ASKED : retry.rank();
        long dueAt = atOnce ? now : retry.dueAt();
        entry.askedAgain = false;
        boolean stays = current != null
                && !gone
                && !released
                && !isHeld(current)
                && (rank == Rank.ASKED || !breaker.isOpen())
                && (atOnce || head.size() <= capacity(current))
                && dueAt <= now + SOON;
        DeliveryEnd end = current == null || gone ? null : unwanted.endOf(entry, current, now);
        if (stays || end != null) {
            head.retryLater(entry, rank, dueAt);
            if (end != null) {
                output.end(entry, end, null);
            }
        } else {
            head.forget(entry);
            output.leave(retry.delivery(), rank, retry.attempts(), dueAt);
            if (isStrict() && rank == Rank.TRIED) {
                beyond.movedBack();
                head.dropHeldBack(retry.delivery().call()).forEach(output::moveToStore);
            }
            head.releaseChain(entry);
        }
    }

    /** @param read null: the endpoint was deleted */
    void loaded(Backlogged rows, @Nullable Webhook read, long now) {
        if (read == null) {
            goes();
            loading.cancel(rows);
        } else if (gone) {
            loading.cancel(rows);
        } else {
            loading.take(rows, learn(read, now), now).forEach(row -> overtakePartials(row.call(), row.event()));
        }
    }

    /** Its webhook was changed. Two changes may come in another order than they were committed: the newest holds. */
    void changed(Webhook changed, long now) {
        Webhook before = webhook;
        if (before != null && before.updatedAt().isAfter(changed.updatedAt())) {
            return;
        }
        webhook = changed;
        if (isHeld(changed)) {
            moveWaitingToStore();
        } else if (before != null && isHeld(before)) {
            beyond.unknown();
        }
        if (before != null && before.options().ordering() != changed.options().ordering()) {
            moveWaitingToStore();
            head.reorder(changed.options().ordering());
            beyond.reorder(head.highestCall());
        }
        endUnwanted(changed, now);
    }

    /** What came with a delivery or a load may be newer than the last change that was told, and may be older. */
    private Webhook learn(Webhook other, long now) {
        Webhook known = webhook;
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
        if (!gone) {
            gone = true;
            repairs++;
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
        if (!released) {
            released = true;
            beyond.unknown();
            // What is saved once the rest has ended must still tell of what waits here now.
            beyond.raiseHighCall(head.highestCall());
            save();
        }
        head.dropWaiting();
    }

    void repaired(long now) {
        repairs++;
        if (breaker.isOpen()) {
            window.restart();
        }
        health.repaired();
        head.makeDue(now);
        restsUntil = 0;
        save();
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
        if (released || !beyond.mayLoad() || (now < restsUntil && !beyond.hasAsked())) {
            return;
        }
        Limits wanted = gone ? loading.toCancel() : loading.wanted(webhook, window.inFlight() > 0, now);
        if (!wanted.equals(Limits.NONE)) {
            boolean strict = isStrict() && !gone;
            beyond.loading(strict);
            output.load(endpoint, wanted.plus(head.stored()), strict);
        }
    }

    /** When to look at it again, in milliseconds since 1970; {@link Long#MAX_VALUE} where an input will say. */
    long nextLook(long now) {
        Webhook current = webhook;
        if (current == null || gone || released || isHeld(current)) {
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

    /** True once it has had nothing to do for a minute, or is released and has nothing under way. */
    boolean isIdle(long now) {
        if (released) {
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
        if (!health.awaitsPast()) {
            output.save(new LaneState(endpoint, account, nextAt(), highCall(), health.saved()));
        }
    }

    /**
     * No later than anything of the lane in the queue may run. What is in memory may come to the queue by a write that is
     * under way, so it counts as due at once: an early look is harmless, a late one would lose a delivery for a while.
     */
    private long nextAt() {
        return head.isEmpty() ? beyond.runnableAt() : 0;
    }

    /** What is in memory and in the queue counts too: after a restart it is in the store only. */
    private long highCall() {
        return Math.max(beyond.highCall(), head.highestCall());
    }

    /** How the lane is doing. */
    LaneView view() {
        LaneState state = new LaneState(endpoint, account, nextAt(), highCall(), health.snapshot());
        return output.view(state);
    }

    private void moveWaitingToStore() {
        head.waiting().forEach(output::moveToStore);
        head.dropWaiting();
    }

    private boolean isStrict() {
        return webhook != null && webhook.options().ordering() == Ordering.STRICT_CALL;
    }

    private static boolean isHeld(Webhook webhook) {
        return !webhook.isActive();
    }

    private static int capacity(Webhook webhook) {
        return Loading.capacity(webhook);
    }
}
