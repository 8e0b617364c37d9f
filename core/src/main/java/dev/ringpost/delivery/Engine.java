package dev.ringpost.delivery;

import dev.ringpost.webhook.Webhook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Decides which delivery goes to which endpoint when. It has no thread, clock, socket or database: inputs come in by its
 * methods, each with the time in milliseconds since 1970, and {@link Effect}s come out. Inputs only note what happened;
 * {@link #tick} then does what has become possible, so a shell feeds many inputs and ticks once.
 *
 * <p>Used by one thread.
 */
public final class Engine {
    /** What was held back for less, in milliseconds, is not worth a look at every lane. */
    private static final long WORTH_SPREADING = 1000;

    private final RetryPolicy policy;
    private final Consumer<Effect> effects;
    private final EngineSettings settings;
    private final Slots slots;
    private final Outage outage;
    private final Room room;
    private final Map<Long, Lane> lanes = new HashMap<>();
    private final PriorityQueue<Look> looks = new PriorityQueue<>(Comparator.comparingLong(Look::at));
    private List<Lane> touched = new ArrayList<>();
    private int unrecorded;
    private int inFlight;

    private record Look(long at, Lane lane) {}

    public Engine(EngineSettings settings, RandomGenerator random, Consumer<Effect> effects) {
        this.settings = settings;
        this.policy = new RetryPolicy(random);
        this.effects = effects;
        this.slots = new Slots(settings.slots());
        this.outage = new Outage(policy);
        this.room = new Room(settings.bursts());
    }

    /** At the start, before any other input: a lane that has deliveries in the store's queue, or an open breaker. */
    public void restore(LaneState state) {
        Lane lane = lane(state.endpoint(), state.account());
        lane.restore(state);
        note(lane, state.nextAt());
    }

    /** Deliveries joined the lane's queue in the store, otherwise than by this engine's writes. */
    public void joined(LaneState state) {
        Lane lane = lane(state.endpoint(), state.account());
        lane.restore(state);
        touch(lane);
    }

    /** Somebody asked for the delivery of this event: it stands in the lane's queue with {@link Rank#ASKED} by now. */
    public void asked(LaneState state, long event) {
        Lane lane = lane(state.endpoint(), state.account());
        lane.restore(state);
        lane.asked(event);
        touch(lane);
    }

    /** The answer to an {@link Effect.Recall}. */
    public void remembered(long endpoint, Health health) {
        Lane lane = lanes.get(endpoint);
        if (lane != null) {
            lane.remembered(health);
            touch(lane);
        }
    }

    /** Rows of the lane's queue were changed or removed, otherwise than by this engine's writes. */
    public void storeChanged(long endpoint) {
        Lane lane = lanes.get(endpoint);
        if (lane != null) {
            lane.storeChanged();
            touch(lane);
        }
    }

    /**
     * From now on nothing is started that the sweep covers, and what waits of it in memory ends. What it covers in the
     * store is for the caller to end, but for the events returned: those are in flight, or what became of them is not
     * recorded yet, and the engine ends them.
     */
    public Set<Long> cancel(long endpoint, Sweep.Cancel sweep) {
        Lane lane = lane(endpoint, sweep.account());
        touch(lane);
        return lane.cancel(sweep);
    }

    /** The store holds nothing any more that the sweep covers. */
    public void swept(long endpoint, Sweep.Cancel sweep) {
        Lane lane = lanes.get(endpoint);
        if (lane != null) {
            lane.swept(sweep);
            lane.storeChanged();
            touch(lane);
        }
    }

    /** A committed delivery. For one endpoint they come in order of event number. */
    public void arrived(Delivery delivery, Webhook webhook, long now) {
        Lane lane = lane(delivery.endpoint(), delivery.account());
        lane.arrived(delivery, webhook, now);
        touch(lane);
    }

    /** A committed event overtakes the call's older partials at an endpoint that does not get the event itself. */
    public void overtook(long endpoint, long call, long event) {
        Lane lane = lanes.get(endpoint);
        if (lane != null) {
            lane.overtakePartials(call, event);
            touch(lane);
        }
    }

    /** An attempt ended. */
    public void finished(Delivery delivery, AttemptResult result, long now) {
        Lane lane = lanes.get(delivery.endpoint());
        Entry entry = lane == null ? null : lane.inFlight(delivery.event());
        if (lane != null && entry != null) {
            landed(entry);
            unrecorded++;
            switch (result.reach()) {
                case REACHED -> spread(outage.reached(now), lane, now);
                case UNREACHABLE -> lane.missed(result, now);
                case UNTRIED -> {}
            }
            lane.finished(entry, result, now);
            touch(lane);
        }
    }

    /** What waited for the network does not go all at once. */
    private void spread(long millis, @Nullable Lane reached, long now) {
        if (millis >= WORTH_SPREADING) {
            for (Lane lane : lanes.values()) {
                if (lane != reached) {
                    lane.rest(policy.within(millis, now));
                    touch(lane);
                }
            }
        }
    }

    /** An attempt could not be made because its event is no longer stored. */
    public void vanished(Delivery delivery, long now) {
        Lane lane = lanes.get(delivery.endpoint());
        Entry entry = lane == null ? null : lane.inFlight(delivery.event());
        if (lane != null && entry != null) {
            landed(entry);
            lane.vanished(entry, now);
            touch(lane);
        }
    }

    /** A write is committed. They come in the order in which they were asked for. */
    public void committed(LaneWrite write, long now) {
        if ((write instanceof LaneWrite.Finish finish && finish.result() != null) || write instanceof LaneWrite.Retry) {
            unrecorded--;
        }
        Lane lane = lanes.get(write.endpoint());
        if (lane != null) {
            lane.committed(write, now);
            touch(lane);
        }
    }

    /**
     * The answer to a {@link Effect.Load}.
     *
     * @param webhook null: the endpoint was deleted
     */
    public void loaded(Backlogged rows, @Nullable Webhook webhook, long now) {
        Lane lane = lanes.get(rows.endpoint());
        if (lane != null) {
            lane.loaded(rows, webhook, now);
            touch(lane);
        }
    }

    /** A webhook was changed, paused or resumed. */
    public void changed(Webhook webhook, long now) {
        Lane lane = lanes.get(webhook.no());
        if (lane != null) {
            lane.changed(webhook, now);
            touch(lane);
        }
    }

    /** A webhook was deleted: what waits is cancelled, what is in flight is the last. */
    public void deleted(long endpoint) {
        Lane lane = lanes.get(endpoint);
        if (lane != null) {
            lane.deleted();
            touch(lane);
        }
    }

    /** Somebody says that the receiver works again. */
    public void repaired(long endpoint, long account, long now) {
        Lane lane = lane(endpoint, account);
        lane.repaired(now);
        touch(lane);
    }

    /**
     * Another engine is to have these endpoints. Nothing more is started there, and what waits in memory is forgotten:
     * the store has all of it. What is in flight ends and is recorded; once {@link #holds} says that nothing is left,
     * and what was asked to be written is committed, the other may begin.
     */
    public void release(LongPredicate endpoints) {
        for (Lane lane : lanes.values()) {
            if (endpoints.test(lane.endpoint())) {
                lane.release();
                touch(lane);
            }
        }
    }

    /** Whether it has anything to do with these endpoints. */
    public boolean holds(LongPredicate endpoints) {
        return lanes.keySet().stream().anyMatch(endpoints::test);
    }

    /** Does what has become possible: loads, sends, and forgets lanes that are idle. */
    public void tick(long now) {
        spread(outage.expire(now), null, now);
        while (!looks.isEmpty() && looks.element().at() <= now) {
            Look look = looks.remove();
            if (look.lane().wakeAt == look.at()) {
                look.lane().wakeAt = 0;
                touch(look.lane());
            }
        }
        List<Lane> lanesToAdvance = touched;
        touched = new ArrayList<>();
        for (Lane lane : lanesToAdvance) {
            lane.touched = false;
            advance(lane, now);
        }
        for (Slots.Share share : Slots.Share.values()) {
            send(share, now);
        }
    }

    /** When to tick even if no input comes, in milliseconds since 1970; {@link Long#MAX_VALUE}: never. */
    public long nextTickAt() {
        Look look = looks.peek();
        return Math.min(outage.nextAt(), look == null ? Long.MAX_VALUE : look.at());
    }

    /** Nothing is reached, whoever it belongs to: it takes the network for down. */
    public boolean isCutOff() {
        return outage.isOn();
    }

    /** How an endpoint is doing; empty where nothing was sent for a while: the store knows then. */
    public Optional<LaneView> view(long endpoint) {
        return Optional.ofNullable(lanes.get(endpoint)).map(Lane::view);
    }

    /** How it is doing. Looks at each lane, so it is for now and then. */
    public EngineView view() {
        int open = 0;
        int inMemory = 0;
        for (Lane lane : lanes.values()) {
            open += lane.isBreakerOpen() ? 1 : 0;
            inMemory += lane.inMemory();
        }
        return new EngineView(lanes.size(), open, inMemory, inFlight, unrecorded, outage.isOn() ? 1 : 0);
    }

    public int inFlight() {
        return inFlight;
    }

    private void advance(Lane lane, long now) {
        lane.load(now);
        if (lane.canSend(now)) {
            slots.await(lane, lane.share(now));
        }
        if (lane.isIdle(lanes.size() > settings.lanes(), now)) {
            if (!lane.isSaved()) {
                lane.save();
            }
            lanes.remove(lane.endpoint(), lane);
        } else {
            note(lane, Math.min(lane.nextLook(now), lane.idleAt()));
        }
    }

    private void send(Slots.Share share, long now) {
        while (outage.maySend(share, now) && unrecorded < settings.maxUnrecorded()) {
            Lane lane = slots.next(share);
            if (lane == null) {
                return;
            }
            Entry entry = lane.startNext(now);
            if (entry != null) {
                entry.share = share;
                slots.take(share, lane.account());
                outage.sent(share);
                inFlight++;
            }
            if (lane.canSend(now)) {
                slots.await(lane, lane.share(now));
            } else {
                note(lane, lane.nextLook(now));
                lane.load(now);
            }
        }
    }

    private void landed(Entry entry) {
        slots.release(entry.share, entry.delivery.account());
        inFlight--;
    }

    private void note(Lane lane, long at) {
        if (at != Long.MAX_VALUE && (lane.wakeAt == 0 || at < lane.wakeAt)) {
            lane.wakeAt = at;
            looks.add(new Look(at, lane));
        }
    }

    private void touch(Lane lane) {
        if (!lane.touched) {
            lane.touched = true;
            touched.add(lane);
        }
    }

    private Lane lane(long endpoint, long account) {
        return lanes.computeIfAbsent(endpoint, no -> {
            outage.sees(account);
            return new Lane(no, account, policy, outage, room, effects);
        });
    }
}
