package dev.ringpost.call;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call while one report changes it. {@link CallMachine} decides what happens; the steps here do it. It lives within
 * one call of the machine, so the machine stays a pure function.
 */
final class CallDraft {
    private final Call before;
    private final List<Transition.Fired> fired = new ArrayList<>();

    private CallStatus status;
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

    private int nextSequence;
    private int livePartial;
    private boolean endedFired;
    private @Nullable Instant endedWaitsUntil;
    private boolean stopRequested;
    private Map<String, Long> fingerprints;
    private HeldReports held;

    CallDraft(Call call) {
        before = call;
        status = call.status();
        CallFacts facts = call.facts();
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
        CallProgress progress = call.progress();
        nextSequence = progress.nextSequence();
        livePartial = progress.livePartial();
        endedFired = progress.endedFired();
        endedWaitsUntil = progress.endedWaitsUntil();
        stopRequested = progress.stopRequested();
        fingerprints = progress.fingerprints();
        held = new HeldReports(progress.held());
    }

    boolean isOver() {
        return status.isOver();
    }

    boolean hasConnected() {
        return status == CallStatus.IN_PROGRESS || status == CallStatus.COMPLETED;
    }

    boolean endedFired() {
        return endedFired;
    }

    boolean endedWaits() {
        return endedWaitsUntil != null;
    }

    boolean holdsAnalysis() {
        return held.analysis() != null;
    }

    boolean knowsFinalTranscript() {
        return fingerprints.containsKey(Fingerprint.FINAL_TRANSCRIPT);
    }

    void remember(Fingerprint fingerprint) {
        Map<String, Long> known = new HashMap<>(fingerprints);
        known.put(fingerprint.type(), fingerprint.hash());
        fingerprints = Map.copyOf(known);
    }

    void stopRequested() {
        stopRequested = true;
    }

    void initiated() {
        status = CallStatus.INITIATED;
    }

    void start(@Nullable Instant at) {
        status = CallStatus.IN_PROGRESS;
        startedAt = at;
        fire(new CallEvent.Started(at));
    }

    /** A start that is reported late tells the time that was missing, and with it perhaps the duration. */
    void fillStart(Instant at) {
        if (startedAt == null) {
            startedAt = at;
            fillDuration();
        }
    }

    void fail(String reason, Instant at) {
        status = CallStatus.FAILED;
        failureReason = reason;
        endedAt = at;
        held = HeldReports.NONE;
        fire(new CallEvent.Failed(reason, at));
    }

    void fillFailure(Report.Failed report) {
        failureReason = failureReason == null ? report.reason() : failureReason;
    }

    /** The conversation is over. call.ended is another step, which may come later. */
    void end(Report.Ended report) {
        status = CallStatus.COMPLETED;
        livePartial = 0;
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

    void waitForAnalysis(Instant until) {
        endedWaitsUntil = until;
    }

    /**
     * Fires call.ended with what is known of its result, then what waited for it.
     *
     * @param brought the result that the report of the end had, as the analysis that it is; null: none
     */
    void fireEnded(Report.@Nullable Analyzed brought) {
        Report.Analyzed waiting = held.analysis();
        if (waiting != null) {
            fillResult(waiting.outcome(), waiting.summary());
        }
        endedFired = true;
        endedWaitsUntil = null;
        fire(new CallEvent.Ended(startedAt, endedAt, durationSeconds, endReason, outcome, summary));
        fireAnalyses(brought, waiting);
        List<Report> rest = held.reports();
        held = HeldReports.NONE;
        for (Report report : rest) {
            switch (report) {
                case Report.RecordingReady ready -> recorded(ready.recording());
                case Report.TranscriptSaid said -> saidAll(said.messages());
                case Report.Analyzed _ -> {} // fired above: it goes first, whenever it came
                default -> throw new IllegalStateException("A call never holds " + report);
            }
        }
    }

    /** As if the analyses were reported one after the other: the same one twice is one. */
    private void fireAnalyses(Report.@Nullable Analyzed brought, Report.@Nullable Analyzed waiting) {
        boolean same =
                brought != null && waiting != null && Fingerprint.of(brought).equals(Fingerprint.of(waiting));
        if (brought != null && !same) {
            analyzed(brought);
            if (waiting == null) {
                remember(Fingerprint.of(brought));
            }
        }
        if (waiting != null) {
            analyzed(waiting);
        }
    }

    void analyzed(Report.Analyzed report) {
        if (!before.facts().outcomeSetByUser()) {
            outcome = report.outcome();
        }
        summary = report.summary();
        analysis = report.data();
        fire(new CallEvent.Analyzed(report.outcome(), report.summary(), report.data()));
    }

    void recorded(Recording ready) {
        recording = ready;
        fire(new CallEvent.RecordingAvailable(ready));
    }

    void saidAll(Json messages) {
        transcript = new Transcript.Kept(messages);
        fire(new CallEvent.FinalTranscript(messages));
    }

    void saidSoFar(Json messages) {
        transcript = new Transcript.Kept(messages);
        livePartial = nextSequence;
        fire(new CallEvent.PartialTranscript(messages));
    }

    void keep(Json messages) {
        transcript = new Transcript.Kept(messages);
    }

    /** Until call.ended is fired. */
    void hold(Report report) {
        held = held.with(report);
    }

    Transition.Applied applied(Instant now) {
        CallFacts facts = new CallFacts(
                startedAt,
                endedAt,
                durationSeconds,
                endReason,
                failureReason,
                outcome,
                before.facts().outcomeSetByUser(),
                summary,
                analysis,
                recording,
                transcript);
        CallProgress progress = new CallProgress(
                nextSequence,
                before.progress().lastEvent(),
                livePartial,
                endedFired,
                endedWaitsUntil,
                stopRequested,
                fingerprints,
                held.reports());
        Call call = new Call(
                before.no(), before.account(), before.spec(), status, facts, progress, before.createdAt(), now);
        return new Transition.Applied(call, List.copyOf(fired));
    }

    private void fillDuration() {
        if (durationSeconds == null && startedAt != null && endedAt != null) {
            durationSeconds = CallLength.between(startedAt, endedAt);
        }
    }

    private void fillResult(@Nullable String knownOutcome, @Nullable String knownSummary) {
        if (outcome == null && !before.facts().outcomeSetByUser()) {
            outcome = knownOutcome;
        }
        summary = summary == null ? knownSummary : summary;
    }

    private void fire(CallEvent event) {
        fired.add(new Transition.Fired(nextSequence, event));
        nextSequence++;
    }
}
