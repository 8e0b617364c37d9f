package dev.ringpost.call;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report does to a call: a pure function. Whatever order a call's reports come in, its events go in one:
 * call.started, then call.ended, then call.analyzed, the recording and the final transcript.
 *
 * <p>A report that says nothing new gives back the very same {@link Call} and fires nothing.
 *
 * <p>A transcript that changed is always {@link Transcript.Kept} here; who numbers the events points it to the event
 * that carries it.
 */
public final class CallMachine {
    private static final String STOPPED = "api_stop";
    private static final String LOST = "lost";
    private static final String NOT_TAKEN = "engine_unavailable";

    private final Settings settings;

    /** @param analysisWait how long call.ended waits for an analysis, 0 or more; 0: it never waits */
    public record Settings(Duration analysisWait) {
        public Settings {
            if (analysisWait.isNegative()) {
                throw new IllegalArgumentException("analysisWait must be 0 or more, not " + analysisWait);
            }
        }
    }

    public CallMachine(Settings settings) {
        this.settings = settings;
    }

    /** @param now the time of arrival, from which call.ended's wait for its analysis counts */
    public Transition apply(Call call, Report report, Instant now) {
        Fingerprint fingerprint = Fingerprint.of(report);
        boolean again = fingerprint != null && fingerprint.isLastIn(call.progress());
        if (again || comesTooLate(call, report)) {
            return unchanged(call);
        }
        Transition.Impossible refusal = Refusal.of(call, report);
        if (refusal != null) {
            return refusal;
        }
        CallDraft draft = new CallDraft(call);
        if (fingerprint != null) {
            draft.remember(fingerprint);
        }
        play(draft, report, now);
        return draft.applied(now);
    }

    /** What a user says the call came to; no analysis changes it any more. Possible only after the end, fires nothing. */
    public Transition setOutcome(Call call, @Nullable String outcome, Instant now) {
        if (!call.status().isOver()) {
            return new Transition.Impossible(
                    call.status().wireName(), "outcome", "Set the outcome once the call has ended.");
        }
        Call changed = new Call(
                call.no(),
                call.account(),
                call.spec(),
                call.status(),
                call.facts().withUserOutcome(outcome),
                call.progress(),
                call.createdAt(),
                now);
        return changed.facts().equals(call.facts()) ? unchanged(call) : new Transition.Applied(changed, List.of());
    }

    /** What Ringpost itself decides is void where the call went on without it. */
    private static boolean comesTooLate(Call call, Report report) {
        return switch (report) {
            case Report.Stop _, Report.Lost _ -> call.status().isOver();
            case Report.AnalysisWaitElapsed _ -> call.progress().endedWaitsUntil() == null;
            case Report.Taken _, Report.EngineUnavailable _ -> call.status() != CallStatus.QUEUED;
            default -> false;
        };
    }

    private void play(CallDraft call, Report report, Instant now) {
        switch (report) {
            case Report.Initiated initiated -> initiated(call, initiated);
            case Report.Connected connected -> connected(call, connected);
            case Report.Ended ended -> ended(call, ended, now);
            case Report.Failed failed -> failed(call, failed);
            case Report.RecordingReady ready -> recording(call, ready);
            case Report.TranscriptSaid said when said.last() -> finalTranscript(call, said);
            case Report.TranscriptSaid said -> partialTranscript(call, said);
            case Report.Analyzed analyzed -> analysis(call, analyzed);
            case Report.Stop stop -> {
                call.stopRequested();
                breakOff(call, STOPPED, stop.at(), now);
            }
            case Report.AnalysisWaitElapsed _ -> call.fireEnded(null);
            case Report.Taken _ -> call.initiated();
            case Report.EngineUnavailable unavailable -> call.fail(NOT_TAKEN, unavailable.at());
            case Report.Lost lost -> breakOff(call, LOST, lost.at(), now);
        }
    }

    private static void initiated(CallDraft call, Report.Initiated report) {
        if (call.hasConnected()) {
            call.fillStart(report.at());
        } else {
            call.initiated();
        }
    }

    private static void connected(CallDraft call, Report.Connected report) {
        if (call.hasConnected()) {
            call.fillStart(report.at());
        } else {
            call.start(report.at());
        }
    }

    private void ended(CallDraft call, Report.Ended report, Instant now) {
        if (call.isOver()) {
            call.fillEnd(report);
            return;
        }
        if (!call.hasConnected()) {
            call.start(CallLength.startBefore(report.at(), report.durationSeconds()));
        }
        call.end(report);
        if (report.hasResult()
                || call.holdsAnalysis()
                || settings.analysisWait().isZero()) {
            call.fireEnded(resultOf(report));
        } else {
            call.waitForAnalysis(now.plus(settings.analysisWait()));
        }
    }

    /** An outcome or a summary in the report of the end is an analysis: call.analyzed goes right behind call.ended. */
    private static Report.@Nullable Analyzed resultOf(Report.Ended report) {
        return report.outcome() == null && report.summary() == null
                ? null
                : new Report.Analyzed(report.at(), report.outcome(), report.summary(), null);
    }

    private static void failed(CallDraft call, Report.Failed report) {
        if (call.isOver()) {
            call.fillFailure(report);
        } else {
            call.fail(report.reason(), report.at());
        }
    }

    private void breakOff(CallDraft call, String reason, Instant at, Instant now) {
        if (call.hasConnected()) {
            ended(call, new Report.Ended(at, reason, null, false, null, null), now);
        } else {
            call.fail(reason, at);
        }
    }

    private static void recording(CallDraft call, Report.RecordingReady report) {
        if (call.endedFired()) {
            call.recorded(report.recording());
        } else {
            call.hold(report);
        }
    }

    private static void finalTranscript(CallDraft call, Report.TranscriptSaid report) {
        if (call.endedFired()) {
            call.saidAll(report.messages());
        } else {
            call.hold(report);
        }
    }

    private static void partialTranscript(CallDraft call, Report.TranscriptSaid report) {
        if (!call.isOver()) {
            if (!call.hasConnected()) {
                call.start(null);
            }
            call.saidSoFar(report.messages());
        } else if (!call.knowsFinalTranscript()) {
            call.keep(report.messages());
        }
    }

    private static void analysis(CallDraft call, Report.Analyzed report) {
        if (call.endedFired()) {
            call.analyzed(report);
            return;
        }
        call.hold(report);
        if (call.endedWaits()) {
            call.fireEnded(null);
        }
    }

    private static Transition unchanged(Call call) {
        return new Transition.Applied(call, List.of());
    }
}
