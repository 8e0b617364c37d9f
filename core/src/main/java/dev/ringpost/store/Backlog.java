package dev.ringpost.store;

import dev.ringpost.delivery.Backlogged;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.webhook.Webhook;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is committed and waits, for the engine to read. */
public interface Backlog {
    /** Every lane that has something waiting in the queue. */
    List<LaneState> waitingLanes();

    /** Fresh deliveries after this one, by event number, then endpoint. */
    List<Delivery> fresh(long afterEvent, long afterEndpoint, int limit);

    /** How much waits. Counted piece by piece: takes long where much waits, and keeps nobody else waiting for long. */
    BacklogSize size();

    /** The head of each lane asked for, in the same order. */
    List<Backlogged> heads(List<HeadRequest> lanes);

    /** The payloads of events that still exist. */
    Map<Long, byte[]> payloads(Collection<Long> events);

    /** An endpoint that is not deleted, whichever account it is of. */
    Optional<Webhook> webhook(long no);

    /** Timers of this kind due at or before this time, the earliest first. */
    List<CallTimer> dueTimers(CallTimer.Kind kind, Instant now, int limit);

    /**
     * @param untried how many untried deliveries, by event number from the smallest
     * @param tried how many tried ones, by due time from the earliest
     * @param strict leave out what is untried behind a tried delivery of the same call, as if it were not there
     */
    record HeadRequest(long endpoint, int untried, int tried, boolean strict) {}
}
