package dev.ringpost.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known of a call, while one report adds to it. What is known is filled where it is null, or replaced. */
final class FactsDraft {
    private final boolean outcomeSetByUser;
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private @Nullable Double durationSeconds;
    private @Nullable String endReason;
    private @Nullable String failureReason;
    private @Nullable String outcome;
    private @Nullable String summary;
    private @Nullable Json analysis;
    private @Nullable Recording recording;
    private @Nullable Transcript transcript;

    FactsDraft(CallFacts facts) {
        outcomeSetByUser = facts.outcomeSetByUser();
        startedAt = facts.startedAt();
        endedAt = facts.endedAt();
        durationSeconds = facts.durationSeconds();
        endReason = facts.endReason();
        failureReason = facts.failureReason();
        outcome = facts.outcome();
        summary = facts.summary();
        analysis = facts.analysis();
        recording = facts.recording();
        transcript = facts.transcript();
    }

    void start(@Nullable Instant at) {
        startedAt = at;
    }

    /** A start that is reported late tells the time that was missing, and with it perhaps the duration. */
    void fillStart(Instant at) {
        if (startedAt == null) {
            startedAt = at;
            fillDuration();
        }
    }

    void fail(String reason, Instant at) {
        failureReason = reason;
        endedAt = at;
    }

    void fillFailure(Report.Failed report) {
        failureReason = failureReason == null ? report.reason() : failureReason;
    }

    void end(Report.Ended report) {
        endedAt = report.at();
        endReason = report.endReason();
        durationSeconds = CallLength.reported(report.durationSeconds());
        startedAt = startedAt == null ? CallLength.startBefore(report.at(), durationSeconds) : startedAt;
        fillDuration();
        fillResult(report.outcome(), report.summary());
    }

    void fillEnd(Report.Ended report) {
        endReason = endReason == null ? report.endReason() : endReason;
        durationSeconds = durationSeconds == null ? CallLength.reported(report.durationSeconds()) : durationSeconds;
        Instant end = endedAt == null ? report.at() : endedAt;
        startedAt = startedAt == null ? CallLength.startBefore(end, report.durationSeconds()) : startedAt;
        endedAt = end;
        fillDuration();
        fillResult(report.outcome(), report.summary());
    }

    void fillResult(@Nullable String knownOutcome, @Nullable String knownSummary) {
        if (outcome == null && !outcomeSetByUser) {
            outcome = knownOutcome;
        }
        summary = summary == null ? knownSummary : summary;
    }

    /** Takes the place of what was known, but for an outcome that a user set. */
    void analyze(Report.Analyzed report) {
        if (!outcomeSetByUser) {
            outcome = report.outcome();
        }
        summary = report.summary();
        analysis = report.data();
    }

    void record(Recording ready) {
        recording = ready;
    }

    void keep(Json messages) {
        transcript = new Transcript.Kept(messages);
    }

    CallEvent.Ended ended() {
        return new CallEvent.Ended(startedAt, endedAt, durationSeconds, endReason, outcome, summary);
    }

    CallFacts facts() {
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
                transcript);
    }

    private void fillDuration() {
        if (durationSeconds == null && startedAt != null && endedAt != null) {
            durationSeconds = CallLength.between(startedAt, endedAt);
        }
    }
}
