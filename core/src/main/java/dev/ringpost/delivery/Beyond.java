package dev.ringpost.delivery;

import java.util.HashMap;
import java.util.Map;

/**
 * What a lane knows of its deliveries in the store that are not in memory.
 *
 * <p>It may believe that there is more than there is (a load finds out), never that there is less. So: no load runs while
 * a spill is not committed; what is spilled during a load, whose read may not have seen it, makes the lane load again;
 * and rows of a load that ended or moved on while it ran are stale.
 */
final class Beyond {
    static final int ENDED = Integer.MAX_VALUE;

    private boolean untried;
    private final Earliest tried = new Earliest();
    private final Earliest replayed = new Earliest();
    private final Earliest asked = new Earliest();
    private long highCall;
    /** No call above it has a tried delivery in the store, in whichever order they go. */
    private long highTried;

    private int writing;
    private int spilling;
    private boolean loading;
    private boolean loadingStrict;
    private boolean dirty;
    private boolean outdated;
    /** What left memory while a load runs, and the attempts it had by then. */
    private final Map<Long, Integer> left = new HashMap<>();

    /** When the first delivery of a rank is due, as far as loads and what came after them say. */
    private static final class Earliest {
        private long at = Long.MAX_VALUE;
        private long sinceLoad = Long.MAX_VALUE;

        void lower(long dueAt) {
            at = Math.min(at, dueAt);
            sinceLoad = Math.min(sinceLoad, dueAt);
        }
    }

    void restore(long savedHighCall) {
        unknown();
        highCall = Math.max(highCall, savedHighCall);
        highTried = Math.max(highTried, savedHighCall);
    }

    /** Anything may be there. */
    void unknown() {
        untried = true;
        tried.lower(0);
        replayed.lower(0);
        asked.lower(0);
        dirty = loading;
    }

    boolean isEmpty() {
        return runnableAt() == Long.MAX_VALUE;
    }

    boolean isSettledAndEmpty() {
        return isEmpty() && !loading && writing == 0;
    }

    long highCall() {
        return Math.max(highCall, highTried);
    }

    void sawTried(long call) {
        highTried = Math.max(highTried, call);
    }

    /** Another order holds from now on: what was tried may hold back its call. */
    void reorder(long highestCallInMemory) {
        unknown();
        highCall = Math.max(highestCallInMemory, highCall());
    }

    /** There may be deliveries of the call, also such as a strict load left out. */
    boolean mayHold(long call) {
        return !isEmpty() || call <= highCall;
    }

    /** A new event of the call must wait behind what is in the store. */
    boolean blocks(long call, boolean strict) {
        return call <= highCall && (untried || strict);
    }

    void spilled(long call) {
        writing++;
        spilling++;
        untriedAgain(call);
    }

    void spillWritten() {
        writing--;
        spilling--;
    }

    /** How many spills are not committed yet. */
    int spilling() {
        return spilling;
    }

    /** An untried delivery of the queue leaves memory as it is. */
    void untriedAgain(long call) {
        untried = true;
        raiseHighCall(call);
        if (loading) {
            dirty = true;
        }
    }

    void raiseHighCall(long call) {
        highCall = Math.max(highCall, call);
    }

    void dueAt(Rank rank, long dueAt) {
        switch (rank) {
            case UNTRIED -> throw new IllegalArgumentException("What is untried has no due time");
            case TRIED -> tried.lower(dueAt);
            case REPLAYED -> replayed.lower(dueAt);
            case ASKED -> asked.lower(0);
        }
    }

    /** With strict ordering: a delivery of the call ended, so one behind it in the store may run. */
    void mayUnblock(long call) {
        if (call <= highCall) {
            untriedAgain(call);
        }
    }

    /** A change to rows that are not in memory is on its way. */
    void writing() {
        writing++;
    }

    void written() {
        writing--;
    }

    /** A change to rows that are not in memory is not committed yet. */
    boolean isWriting() {
        return writing > 0;
    }

    boolean isLoadingStrict() {
        return loadingStrict;
    }

    void left(long event, int attempts) {
        if (loading) {
            left.put(event, attempts);
        }
    }

    /**
     * Deliveries go from memory back to the store. A load under way may have been read before, so that it has what comes
     * after them and not them: its rows must not be taken.
     */
    void movedBack() {
        outdated = loading;
    }

    /** The rows of the load under way must not be taken; another load follows. */
    boolean isOutdated() {
        return outdated;
    }

    boolean isStale(Queued row) {
        Integer attempts = left.get(row.delivery().event());
        return attempts != null && row.attempts() < attempts;
    }

    boolean mayLoad() {
        return !loading && writing == 0 && !isEmpty();
    }

    boolean hasLiveRunnable(long by) {
        return untried || tried.at <= by;
    }

    boolean hasReplayRunnable(long by) {
        return replayed.at <= by;
    }

    boolean hasAsked() {
        return asked.at != Long.MAX_VALUE;
    }

    /** When the first delivery of the store may run: 0 at once, {@link Long#MAX_VALUE} never. */
    long runnableAt() {
        return untried || hasAsked() ? 0 : Math.min(tried.at, replayed.at);
    }

    void loading(boolean strict) {
        loading = true;
        loadingStrict = strict;
        dirty = false;
        outdated = false;
        tried.sinceLoad = Long.MAX_VALUE;
        replayed.sinceLoad = Long.MAX_VALUE;
        asked.sinceLoad = Long.MAX_VALUE;
        left.clear();
    }

    /**
     * @param someNotTaken some of the untried rows found no room in memory
     * @param hides with strict ordering: deliveries in memory may hold back some that the load left out
     */
    void answered(Backlogged rows, boolean someNotTaken, boolean hides) {
        loading = false;
        untried = rows.untried().hasMore() || dirty || outdated || someNotTaken;
        tried.at = Math.min(rows.tried().nextAt(), tried.sinceLoad);
        replayed.at = Math.min(rows.replayed().nextAt(), replayed.sinceLoad);
        asked.at = Math.min(rows.asked().nextAt(), asked.sinceLoad);
        if (isEmpty() && !hides) {
            highCall = 0;
            highTried = 0;
        }
        left.clear();
    }
}
