package dev.ringpost.delivery;

/**
 * A lane as it is now.
 *
 * @param waitingInMemory deliveries that are in memory, in flight included
 * @param moreInStore the store may hold more
 */
public record LaneView(LaneState state, int waitingInMemory, boolean moreInStore) {}
