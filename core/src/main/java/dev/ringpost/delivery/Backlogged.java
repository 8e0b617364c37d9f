package dev.ringpost.delivery;

import java.util.List;

/** The head of what a lane holds in the store, as one read found it: each rank in the order in which it may run. */
public record Backlogged(long endpoint, Part untried, Part tried, Part replayed, Part asked) {
    /**
     * What stands in one rank.
     *
     * @param rows at most as many as asked for
     * @param nextAt when the first one beyond them is due, 0 for one that is not waiting for a time,
     *     {@link Long#MAX_VALUE} where there is none
     */
    public record Part(List<Queued> rows, long nextAt) {
        public static final Part NONE = new Part(List.of(), Long.MAX_VALUE);

        public boolean hasMore() {
            return nextAt != Long.MAX_VALUE;
        }
    }

    List<Part> parts() {
        return List.of(untried, tried, replayed, asked);
    }
}
