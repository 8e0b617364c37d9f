package dev.ringpost.store;

import dev.ringpost.delivery.Backlogged;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.Health;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.webhook.Webhook;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is committed and waits, for the engine to read. */
public interface Backlog {
    /** Every lane that has something waiting in the queue, or an open breaker. */
    List<LaneState> waitingLanes();

    /** Fresh deliveries after this one, by event number, then endpoint. */
    List<Delivery> fresh(long afterEvent, long afterEndpoint, int limit);

    /** How much waits. Counted piece by piece: takes long where much waits, and keeps nobody else waiting for long. */
    BacklogSize size();

    /** The head of each lane asked for, in the same order. */
    List<Backlogged> heads(List<Effect.Load> lanes);

    /** The payloads of events that still exist. */
    Map<Long, byte[]> payloads(Collection<Long> events);

    /** What is remembered of an endpoint's health. */
    Health health(long endpoint);

    /** All that are not done, the oldest first. */
    List<Sweep> sweeps();

    /** Where deliveries of the call wait. Its events must still be stored. */
    List<Long> endpointsOf(long call);

    /** All that run, the oldest first. */
    List<Replay> runningReplays();

    /** Endpoints of kind {@code call} that are not deleted, by number, after this one. */
    List<Webhook> callWebhooks(long afterNo, int limit);

    /** An endpoint that is not deleted, whichever account it is of. */
    Optional<Webhook> webhook(long no);

    /** Timers of this kind due at or before this time, the earliest first. */
    List<CallTimer> dueTimers(CallTimer.Kind kind, Instant now, int limit);
}
