package dev.ringpost.delivery;

import java.util.Set;

/**
 * A lane as it is now.
 *
 * @param freshWaiting deliveries that wait and don't stand in the store's queue yet
 * @param inFlight events whose attempt runs, or has ended and is not recorded yet
 * @param leavingQueue how many deliveries of the store's queue are in flight or have ended
 * @param heldByOrder events in memory that wait for an earlier one of their call
 */
public record LaneView(
        LaneState state, int freshWaiting, Set<Long> inFlight, int leavingQueue, Set<Long> heldByOrder) {}
