package dev.ringpost.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a call engine saw, or what Ringpost itself decided about a call.
 *
 * <p>{@code at} is when it happened; the API puts the time of arrival where a report doesn't say.
 */
public sealed interface Report {
    Instant at();

    record Initiated(Instant at) implements Report {}

    record Connected(Instant at) implements Report {}

    /** @param hasResult the report has the key {@code outcome} or {@code summary}, if only with null: call.ended need not wait */
    record Ended(
            Instant at,
            @Nullable String endReason,
            @Nullable Double durationSeconds,
            boolean hasResult,
            @Nullable String outcome,
            @Nullable String summary)
            implements Report {}

    record Failed(Instant at, String reason) implements Report {}

    record RecordingReady(Instant at, Recording recording) implements Report {}

    /** The transcript so far, or, when {@code last}, the whole. */
    record TranscriptSaid(Instant at, Json messages, boolean last) implements Report {}

    record Analyzed(
            Instant at,
            @Nullable String outcome,
            @Nullable String summary,
            @Nullable Json data) implements Report {}

    /** POST /v1/calls/{id}/stop. */
    record Stop(Instant at) implements Report {}

    /** call.ended has waited for its analysis long enough. */
    record AnalysisWaitElapsed(Instant at) implements Report {}

    /** The call engine took the command to place it. */
    record Taken(Instant at) implements Report {}

    /** The call engine did not take the command to place it. */
    record EngineUnavailable(Instant at) implements Report {}

    /** No report came for {@code --call-timeout}. */
    record Lost(Instant at) implements Report {}
}
