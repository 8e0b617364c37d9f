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
    private long nextTriedAt = Long.MAX_VALUE;
    private long highCall;
    private int writing;
    private boolean loading;
    private boolean loadingStrict;
    private boolean dirty;
    private boolean outdated;
    private long triedDuringLoad = Long.MAX_VALUE;
    /** What left memory while a load runs, and the attempts it had by then. */
    private final Map<Long, Integer> left = new HashMap<>();

    void restore(long savedHighCall) {
        unknown();
        highCall = savedHighCall;
    }

    /** Anything may be there. */
    void unknown() {
        untried = true;
        nextTriedAt = 0;
        dirty = loading;
    }

    boolean isEmpty() {
        return !untried && nextTriedAt == Long.MAX_VALUE;
    }

    boolean isSettledAndEmpty() {
        return isEmpty() && !loading && writing == 0;
    }

    long highCall() {
        return highCall;
    }

    /** A new event of the call must wait behind what is in the store. */
    boolean blocks(long call, boolean strict) {
        return call <= highCall && (untried || strict);
    }

    void spilled(long call) {
        writing++;
        untriedAgain(call);
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

    void triedDueAt(long dueAt) {
        nextTriedAt = Math.min(nextTriedAt, dueAt);
        triedDuringLoad = Math.min(triedDuringLoad, dueAt);
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

    boolean hasRunnable(long by) {
        return runnableAt() <= by;
    }

    /** When the first delivery of the store may run: 0 at once, {@link Long#MAX_VALUE} never. */
    long runnableAt() {
        return untried ? 0 : nextTriedAt;
    }

    void loading(boolean strict) {
        loading = true;
        loadingStrict = strict;
        dirty = false;
        outdated = false;
        triedDuringLoad = Long.MAX_VALUE;
        left.clear();
    }

    /**
     * @param someNotTaken some of the untried rows found no room in memory
     * @param hides with strict ordering: deliveries in memory may hold back some that the load left out
     */
    void answered(Backlogged rows, boolean someNotTaken, boolean hides) {
        loading = false;
        untried = rows.moreUntried() || dirty || outdated || someNotTaken;
        nextTriedAt = Math.min(rows.nextTriedAt(), triedDuringLoad);
        if (isEmpty() && !hides) {
            highCall = 0;
        }
        left.clear();
    }
}
