package dev.ringpost.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became known of a call. Null is not known. */
public record CallFacts(
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Double durationSeconds,
        @Nullable String endReason,
        @Nullable String failureReason,
        @Nullable String outcome,
        boolean outcomeSetByUser,
        @Nullable String summary,
        @Nullable Json analysis,
        @Nullable Recording recording,
        @Nullable Transcript transcript) {
    public static final CallFacts NONE =
            new CallFacts(null, null, null, null, null, null, false, null, null, null, null);

    public CallFacts withTranscript(Transcript changed) {
        return new CallFacts(
                startedAt,
                endedAt,
                durationSeconds,
                endReason,
                failureReason,
                outcome,
                outcomeSetByUser,
                summary,
                analysis,
                recording,
                changed);
    }

    CallFacts withUserOutcome(@Nullable String changed) {
        return new CallFacts(
                startedAt,
                endedAt,
                durationSeconds,
                endReason,
                failureReason,
                changed,
                true,
                summary,
                analysis,
                recording,
                transcript);
    }
}
