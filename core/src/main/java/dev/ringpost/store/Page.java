package dev.ringpost.store;

import java.util.List;

/**
 * A part of a list.
 *
 * @param total how many there are in all, at most {@link #COUNT_CAP}; -1 for a cursor's page
 * @param hasMore more items follow
 */
public record Page<T>(List<T> items, long total, boolean hasMore) {
    /** Nobody counts further. */
    public static final long COUNT_CAP = 10_000;
}
