package dev.ringpost.sim.invariant;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.EngineSettings;
import dev.ringpost.delivery.Health;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.delivery.Queued;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.store.Event;
import dev.ringpost.store.memory.DeliveryChange;
import dev.ringpost.store.memory.DeliveryKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sees everything that happens between engines, store and receivers, and has the rules judge it. */
public final class Witness {
    private final Map<DeliveryKey, Fate> fates = new HashMap<>();
    private final Map<CallAt, List<Fate>> ofCalls = new HashMap<>();
    private final LongFunction<Integer> owner;
    private final AttemptRules attempts;
    private final DelayRules delay;
    private final OrderRules order = new OrderRules();
    private final LimitRules limits;
    private final ScheduleRules schedule = new ScheduleRules();
    private final StoreRules store = new StoreRules();
    private final CallRules calls = new CallRules();
    private final BreakerRules breakers = new BreakerRules();
    private final PromptRules prompt = new PromptRules();
    private final KeptRules kept = new KeptRules();
    private final LongSupplier clock;

    private record CallAt(long call, long endpoint) {}

    /**
     * @param owner the node that has an endpoint, as committed
     * @param isStored whether the payload of this event can be read
     */
    public Witness(
            LongFunction<Integer> owner,
            LongPredicate isStored,
            EngineSettings settings,
            DelayRules delay,
            LongSupplier clock) {
        this.delay = delay;
        this.owner = owner;
        this.clock = clock;
        this.attempts = new AttemptRules(isStored);
        this.limits = new LimitRules(settings);
    }

    public CallRules calls() {
        return calls;
    }

    private Fate fate(Delivery delivery) {
        Fate fate = fates.get(DeliveryKey.of(delivery));
        if (fate == null) {
            throw new Broken("onlyWhatIsCommittedIsSent", delivery + " was never made");
        }
        return fate;
    }

    private List<Fate> before(Delivery delivery) {
        List<Fate> ofCall = ofCalls.getOrDefault(new CallAt(delivery.call(), delivery.endpoint()), List.of());
        List<Fate> before = new ArrayList<>();
        for (Fate fate : ofCall) {
            if (fate.delivery.event() < delivery.event()) {
                before.add(fate);
            }
        }
        return before;
    }

    /** A transaction is committed. */
    public void committed(int node, List<DeliveryChange> changes, List<LaneWrite> writes, List<Event> fired) {
        for (LaneWrite write : writes) {
            store.aStaleOwnersWriteChangesNothing(node, owner.apply(write.endpoint()), write);
        }
        fired.forEach(calls::fired);
        for (DeliveryChange change : changes) {
            switch (change) {
                case DeliveryChange.Made(Delivery delivery) -> made(delivery);
                case DeliveryChange.Waits waits -> waits(waits);
                case DeliveryChange.Ended ended -> ended(ended);
            }
        }
    }

    private void ended(DeliveryChange.Ended ended) {
        Fate fate = fate(ended.delivery());
        store.everyDeliveryEndsExactlyOnce(fate);
        store.onlyPartialsAreSuperseded(fate, ended.end());
        fate.end = ended.end();
        fate.changedAt = clock.getAsLong();
        limits.waits(ended.delivery().endpoint(), -1);
        fate.lastDueAt = fate.row == null ? 0 : fate.row.dueAt();
        fate.row = null;
        if (fate.ending == null || fate.ending.over) {
            limits.drops(fate);
        }
    }

    private void made(Delivery delivery) {
        Fate fate = new Fate(delivery);
        if (fates.putIfAbsent(DeliveryKey.of(delivery), fate) != null) {
            throw new Broken("everyDeliveryIsMadeOnce", delivery.toString());
        }
        limits.waits(delivery.endpoint(), 1);
        fate.changedAt = clock.getAsLong();
        ofCalls.computeIfAbsent(new CallAt(delivery.call(), delivery.endpoint()), key -> new ArrayList<>())
                .add(fate);
    }

    private void waits(DeliveryChange.Waits waits) {
        Queued row = waits.row();
        // A replay may queue what never was a delivery there.
        Fate known = fates.get(DeliveryKey.of(row.delivery()));
        Fate fate = fates.computeIfAbsent(DeliveryKey.of(row.delivery()), key -> new Fate(row.delivery()));
        if (known == null || !known.waits()) {
            limits.waits(row.delivery().endpoint(), 1);
        }
        fate.changedAt = clock.getAsLong();
        switch (row.rank()) {
            case ASKED -> {
                fate.outOfOrder = true;
                fate.hurried = true;
                fate.succeeded = null;
                fate.ending = null;
            }
            case REPLAYED -> {
                fate.outOfOrder = true;
                if (waits.again()) {
                    fate.succeeded = null;
                    fate.ending = null;
                }
            }
            case UNTRIED, TRIED -> {}
        }
        fate.end = null;
        fate.row = row;
        fate.failedAt = waits.failedAt();
    }

    /** An engine hears of a delivery. */
    public void told(Life life, Delivery delivery, long now) {
        life.touched(delivery.endpoint(), now);
        life.outage.sees(delivery.account());
        life.outage.hurries(delivery.endpoint());
        Fate fate = fates.get(DeliveryKey.of(delivery));
        if (fate != null) {
            fate.toldAt = fate.toldAt == 0 ? now : fate.toldAt;
            fate.toldTo = life;
        }
        if (delivery.type() == EventType.TRANSCRIPT_PARTIAL || delivery.type().endsCall()) {
            overtook(life, delivery.endpoint(), delivery.call(), delivery.event());
        }
    }

    /** An engine hears that a call's older partials are worth nothing any more at an endpoint. */
    public void overtook(Life life, long endpoint, long call, long event) {
        life.overtaken.merge(new Life.Overtaking(endpoint, call), event, Math::max);
    }

    public void deleted(Life life, long endpoint) {
        life.deleted.add(endpoint);
    }

    /** An engine is told to end what a sweep covers. */
    public void cancels(Life life, long endpoint, Sweep.Cancel sweep) {
        List<Sweep.Cancel> sweeps = life.cancelled.computeIfAbsent(endpoint, no -> new ArrayList<>());
        if (!sweeps.contains(sweep)) {
            sweeps.add(sweep);
        }
    }

    /** The store holds nothing any more that the sweep covers. */
    public void swept(Life life, long endpoint, Sweep.Cancel sweep) {
        life.cancelled.getOrDefault(endpoint, new ArrayList<>()).remove(sweep);
        limits.swept(endpoint, sweep);
    }

    /** A node begins anew. */
    public void starts() {
        limits.starts();
    }

    /** An engine is told that somebody asked for a delivery. */
    public void asked(Life life, Delivery delivery) {
        fate(delivery).askedHeard = true;
        life.outage.hurries(delivery.endpoint());
    }

    /** What waits in an engine's memory may go back to the store from there on. */
    public void movesBack(Life life, long endpoint) {
        kept.movesBack(life, endpoint);
    }

    /** An engine has let go of these endpoints. */
    public void released(Life life, LongPredicate endpoints) {
        life.forgets(endpoints);
        breakers.forget(life, endpoints);
    }

    /** Until this time something keeps nodes, store or webhooks from being what they were. */
    public void disturbed(long until) {
        prompt.disturbed(until);
    }

    /** An engine begins to look after an endpoint, with what the store says of its health. */
    public void takesUp(Life life, long endpoint, Health stored, Health known) {
        breakers.aNewOwnerRemembersTheBreaker(life, endpoint, stored, known);
    }

    /** An engine wants an endpoint disabled. */
    public void disables(Life life, long endpoint) {
        life.disabled.add(endpoint);
    }

    /** An engine has taken in how an attempt ended. */
    public void took(Life life, Delivery delivery, Health before, Health after, AttemptResult result, long now) {
        attempts.aGoneReceiverIsDisabled(life, fate(delivery), result);
        life.outage.heard(fate(delivery), result, before, after, life.cutOff.getAsBoolean(), now);
        if (after.probeAt() != 0) {
            kept.movesBack(life, delivery.endpoint());
        }
        breakers.heard(life, delivery.endpoint(), before, after, result, now);
    }

    /** Writes of an engine are committed, and it hears of it. */
    public void recorded(Life life, List<LaneWrite> writes) {
        for (LaneWrite write : writes) {
            life.unrecorded -= hasResult(write) ? 1 : 0;
            life.ending -= write instanceof LaneWrite.Finish ? 1 : 0;
            if (write instanceof LaneWrite.Retry retry && limits.isFarFromFull(retry.endpoint())) {
                kept.keeps(life, fate(retry.delivery()), retry, clock.getAsLong());
            }
        }
    }

    private static boolean hasResult(LaneWrite write) {
        return switch (write) {
            case LaneWrite.Finish finish -> finish.result() != null;
            case LaneWrite.Retry _ -> true;
            case LaneWrite.Spill _, LaneWrite.Save _ -> false;
        };
    }

    /** A receiver is said to work again. */
    public void repaired(Life life, long endpoint, Health known, long now) {
        kept.aRepairIsFollowedByAnAttempt(life, endpoint, known, now);
        breakers.closed(life, endpoint);
        life.outage.hurries(endpoint);
        prompt.disturbed(now);
        life.touched(endpoint, now);
        for (Fate fate : fates.values()) {
            if (fate.delivery.endpoint() == endpoint && fate.waits()) {
                fate.hurried = true;
            }
        }
    }

    /** An engine begins an attempt. */
    public void sends(Life life, Effect.Send send, Supplier<Health> known, long now) {
        Delivery delivery = send.delivery();
        Fate fate = fate(delivery);
        boolean owns = owner.apply(delivery.endpoint()) == life.node();
        attempts.judge(life, fate, send, owns, now);
        List<Fate> before = before(delivery);
        delay.aHealthyEndpointIsNotDelayedByOthers(fate, before, now);
        if (owns) {
            if (send.replay() != 0) {
                order.aReplayGoesBehindWhatIsNew(life, fate, fates.values());
            }
            prompt.whatIsAskedForGoesAtOnce(life, fate, now);
        }
        order.judge(life, fate, before, send.webhook().options().ordering(), owns);
        Health health = known.get();
        breakers.begins(life, fate, health, life.inFlight.getOrDefault(delivery.endpoint(), 0), now);
        delay.whatIsDueGoesAtOnce(life, fate, before, send.webhook(), health.probeAt() != 0, now);
        life.outage.begins(delivery.endpoint(), life.cutOff.getAsBoolean(), now);
        kept.begins(life, fate);
        fate.inFlight = life;
        fate.askedHeard = false;
        limits.began(life, fate, send.webhook(), health, now);
    }

    /** An engine hears how an attempt ended. */
    public void finished(Life life, Delivery delivery, Health before, AttemptResult result, long now) {
        Fate fate = fate(delivery);
        fate.endpointProven = before.lastSuccessAt() > 0;
        limits.ended(life, fate, clock.getAsLong());
        if (fate.inFlight == life) {
            fate.inFlight = null;
        }
        fate.finished++;
        fate.hurriedLast = fate.hurried;
        fate.finishedAt = now;
        if (result.verdict() == AttemptResult.Verdict.SUCCEEDED) {
            fate.succeeded = life;
        }
        life.touched(delivery.endpoint(), now);
    }

    /** An attempt could not be made, as its event is gone. */
    public void vanished(Life life, Delivery delivery) {
        Fate fate = fate(delivery);
        limits.ended(life, fate, clock.getAsLong());
        fate.inFlight = null;
    }

    /** An engine wants something written. */
    public void writes(Life life, LaneWrite write, long now) {
        life.unrecorded += hasResult(write) ? 1 : 0;
        life.ending += write instanceof LaneWrite.Finish ? 1 : 0;
        if (life.over) {
            // It does not know that others have what it had: nothing of it will be committed.
            return;
        }
        switch (write) {
            case LaneWrite.Finish finish -> {
                Fate fate = fate(finish.delivery());
                if (finish.end() == DeliveryEnd.GAVE_UP && isExcused(life, fate, finish.result(), now)) {
                    throw new Broken("anOutageCostsNoStep", finish + " of " + fate);
                }
                schedule.nothingGivesUpBeforeItsScheduleEnds(life, fate, finish);
                fate.ending = life;
                limits.endsToo(fate);
            }
            case LaneWrite.Retry retry -> {
                Fate fate = fate(retry.delivery());
                schedule.aFailureIsWrittenAtItsTime(retry, now);
                if (isExcused(life, fate, retry.result(), now)) {
                    schedule.anOutageCostsNoStep(fate, retry);
                } else {
                    schedule.retryTimesLieOnTheSchedule(life, fate, retry);
                }
                fate.hurried = false;
            }
            case LaneWrite.Spill spill -> fate(spill.delivery()).spilled = life;
            case LaneWrite.Save _ -> {}
        }
    }

    private static boolean isExcused(Life life, Fate fate, @Nullable AttemptResult result, long now) {
        return result != null && life.outage.excuses(result, fate.endpointProven, life.cutOff.getAsBoolean(), now);
    }

    /**
     * An engine is looked at between its turns.
     *
     * @param alone there is no other, so that it hears of all that ends
     */
    public void looksAt(Life life, int inMemory, boolean alone) {
        limits.memoryIsBounded(life, inMemory, alone);
    }

    /** Some time after the last that happened. */
    public void deletedEndpointsLeaveMemory(Life life, boolean someAreThere) {
        if (someAreThere) {
            throw new Broken("deletedEndpointsLeaveMemory", life.toString());
        }
    }

    /** An engine has done what it had to do. */
    public void looked(Life life, long now) {
        life.outage.looked(life.cutOff.getAsBoolean(), now);
        kept.looked(life);
    }

    /** Everything has come to rest. */
    public void atTheEnd() {
        fates.values().forEach(store::everyDeliveryEnds);
    }

    /** Those that wait for nothing, and were due before this time. */
    public List<String> overdue(long before) {
        return fates.values().stream()
                .filter(fate -> fate.waits() && dueSince(fate) < before)
                .limit(5)
                .map(Fate::toString)
                .toList();
    }

    /** It waits for those of its call that come before it; {@link Long#MAX_VALUE} while one of these waits. */
    private long dueSince(Fate fate) {
        long since = fate.row == null ? fate.changedAt : fate.row.dueAt();
        for (Fate earlier : before(fate.delivery)) {
            since = Math.max(since, earlier.waits() ? Long.MAX_VALUE : earlier.changedAt);
        }
        return since;
    }
}
