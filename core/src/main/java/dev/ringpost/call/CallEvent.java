package dev.ringpost.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a call fired: the event's own part of the payload. */
public sealed interface CallEvent {
    EventType type();

    record Started(@Nullable Instant startedAt) implements CallEvent {
        @Override
        public EventType type() {
            return EventType.CALL_STARTED;
        }
    }

    record Ended(
            @Nullable Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Double durationSeconds,
            @Nullable String endReason,
            @Nullable String outcome,
            @Nullable String summary)
            implements CallEvent {
        @Override
        public EventType type() {
            return EventType.CALL_ENDED;
        }
    }

    record Analyzed(
            @Nullable String outcome,
            @Nullable String summary,
            @Nullable Json analysis) implements CallEvent {
        @Override
        public EventType type() {
            return EventType.CALL_ANALYZED;
        }
    }

    record Failed(String failureReason, @Nullable Instant endedAt) implements CallEvent {
        @Override
        public EventType type() {
            return EventType.CALL_FAILED;
        }
    }

    record RecordingAvailable(Recording recording) implements CallEvent {
        @Override
        public EventType type() {
            return EventType.CALL_RECORDING_AVAILABLE;
        }
    }

    record PartialTranscript(Json messages) implements CallEvent {
        @Override
        public EventType type() {
            return EventType.TRANSCRIPT_PARTIAL;
        }
    }

    record FinalTranscript(Json messages) implements CallEvent {
        @Override
        public EventType type() {
            return EventType.TRANSCRIPT_FINAL;
        }
    }
}
