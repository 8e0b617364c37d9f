package dev.ringpost.store;

import java.util.List;

/**
 * A stretch of a list that is read forwards, as it grows.
 *
 * @param items oldest first
 * @param end everything up to this number has been looked at: the next stretch is what comes after it
 * @param hasMore the bound was reached, so that more may be there already
 */
public record Stretch<T>(List<T> items, long end, boolean hasMore) {
    /**
     * How long a stretch may be.
     *
     * @param items at most, from 1
     * @param bytes of what the items carry: the one that reaches it is the last, so that there is at least one
     */
    public record Bound(int items, long bytes) {}
}
