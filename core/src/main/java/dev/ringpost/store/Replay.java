package dev.ringpost.store;

import dev.ringpost.call.EventType;
import java.time.Instant;
import java.util.Set;

/**
 * Events of the past on their way to a webhook once more.
 *
 * @param events which types; never partials
 * @param until not included
 * @param position the number of the last event that was looked at
 * @param total how many events were found so far
 * @param queued how many of them wait
 * @param failed how many ended otherwise than by a success
 */
public record Replay(
        long no,
        long account,
        long endpoint,
        Only only,
        Set<EventType> events,
        Instant since,
        Instant until,
        Status status,
        long position,
        long total,
        long queued,
        long succeeded,
        long failed,
        Instant createdAt) {
    /** Which events are sent again. */
    public enum Only {
        /** What gave up. */
        FAILED,
        /** What was subscribed and never became a delivery. */
        MISSING,
        /** Both, and what succeeded. */
        ALL
    }

    /** How far it is. */
    public enum Status {
        RUNNING,
        /** All has been looked at, and nothing of it waits any more. */
        DONE,
        CANCELLED
    }
}
