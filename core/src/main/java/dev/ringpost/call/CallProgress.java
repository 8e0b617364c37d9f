package dev.ringpost.call;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the state machine remembers of a call between reports.
 *
 * @param nextSequence the sequence that the next event gets, from 1
 * @param lastEvent the number of the last event, 0 before the first
 * @param livePartial the sequence of the partial that is the newest and not yet overtaken by the end of the call; 0: none
 * @param endedFired call.ended has been fired
 * @param endedWaitsUntil while call.ended waits for its analysis: until when
 * @param stopRequested a user stopped the call
 * @param fingerprints by report type name (partial and final transcripts are two), the last report's fields but {@code at}: the same again changes nothing
 * @param held what waits for call.ended, at most one of a type, in the order it came
 */
public record CallProgress(
        int nextSequence,
        long lastEvent,
        int livePartial,
        boolean endedFired,
        @Nullable Instant endedWaitsUntil,
        boolean stopRequested,
        Map<String, Long> fingerprints,
        List<Report> held) {
    public static final CallProgress START = new CallProgress(1, 0, 0, false, null, false, Map.of(), List.of());

    public CallProgress withLastEvent(long no) {
        return new CallProgress(
                nextSequence, no, livePartial, endedFired, endedWaitsUntil, stopRequested, fingerprints, held);
    }
}
