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
    private final FactsDraft facts;
    private final List<Transition.Fired> fired = new ArrayList<>();

    private CallStatus status;
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
        facts = new FactsDraft(call.facts());
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
        facts.start(at);
        fire(new CallEvent.Started(at));
    }

    void fillStart(Instant at) {
        facts.fillStart(at);
    }

    void fail(String reason, Instant at) {
        status = CallStatus.FAILED;
        facts.fail(reason, at);
        held = HeldReports.NONE;
        fire(new CallEvent.Failed(reason, at));
    }

    void fillFailure(Report.Failed report) {
        facts.fillFailure(report);
    }

    /** The conversation is over. call.ended is another step, which may come later. */
    void end(Report.Ended report) {
        status = CallStatus.COMPLETED;
        livePartial = 0;
        facts.end(report);
    }

    void fillEnd(Report.Ended report) {
        facts.fillEnd(report);
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
            facts.fillResult(waiting.outcome(), waiting.summary());
        }
        endedFired = true;
        endedWaitsUntil = null;
        fire(facts.ended());
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
        facts.analyze(report);
        fire(new CallEvent.Analyzed(report.outcome(), report.summary(), report.data()));
    }

    void recorded(Recording ready) {
        facts.record(ready);
        fire(new CallEvent.RecordingAvailable(ready));
    }

    void saidAll(Json messages) {
        facts.keep(messages);
        fire(new CallEvent.FinalTranscript(messages));
    }

    void saidSoFar(Json messages) {
        facts.keep(messages);
        livePartial = nextSequence;
        fire(new CallEvent.PartialTranscript(messages));
    }

    void keep(Json messages) {
        facts.keep(messages);
    }

    /** Until call.ended is fired. */
    void hold(Report report) {
        held = held.with(report);
    }

    Transition.Applied applied(Instant now) {
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
                before.no(), before.account(), before.spec(), status, facts.facts(), progress, before.createdAt(), now);
        return new Transition.Applied(call, List.copyOf(fired));
    }

    private void fire(CallEvent event) {
        fired.add(new Transition.Fired(nextSequence, event));
        nextSequence++;
    }
}
