package dev.ringpost.delivery;

/**
 * What is remembered of a lane over a restart.
 *
 * @param nextAt when the lane next has something to do with what the store holds, in milliseconds since 1970;
 *     {@link Long#MAX_VALUE}: nothing waits
 * @param highCall no call above it has a live delivery in the store's queue
 */
public record LaneState(long endpoint, long account, long nextAt, long highCall, Health health) {}
