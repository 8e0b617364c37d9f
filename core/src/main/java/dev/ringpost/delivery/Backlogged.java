package dev.ringpost.delivery;

import java.util.List;

/**
 * What a lane holds in the store, as one read found it.
 *
 * @param untried at most as many as asked for, by event number from the smallest
 * @param moreUntried there are more in the store
 * @param tried at most as many as asked for, by due time from the earliest
 * @param nextTriedAt when the first one beyond {@code tried} is due, {@link Long#MAX_VALUE} where there is none
 */
public record Backlogged(
        long endpoint, List<Queued> untried, boolean moreUntried, List<Queued> tried, long nextTriedAt) {}
