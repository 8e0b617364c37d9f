package dev.ringpost.call;

import org.jspecify.annotations.Nullable;

/** Which reports a call can't take in the state it is in. */
final class Refusal {
    private Refusal() {}

    /** Null where it takes the report. */
    static Transition.@Nullable Impossible of(Call call, Report report) {
        CallStatus status = call.status();
        boolean connected = status == CallStatus.IN_PROGRESS || status == CallStatus.COMPLETED;
        // The engine of a call that was stopped here learns of it later, and reports how the call went for it.
        boolean stopped = call.progress().stopRequested();
        boolean refused = switch (report) {
            case Report.Failed _ -> connected && !stopped;
            case Report.Ended _ -> status == CallStatus.FAILED && !stopped;
            case Report.Initiated _,
                    Report.Connected _,
                    Report.RecordingReady _,
                    Report.TranscriptSaid _,
                    Report.Analyzed _ -> status == CallStatus.FAILED;
            case Report.Stop _,
                    Report.AnalysisWaitElapsed _,
                    Report.Taken _,
                    Report.EngineUnavailable _,
                    Report.Lost _ -> false;
        };
        return refused ? new Transition.Impossible(status.wireName(), wireName(report), advice(connected)) : null;
    }

    private static String advice(boolean connected) {
        return connected
                ? "The call has connected: report `ended` with an `end_reason` instead."
                : "The call failed, which is final: make a new call for another attempt.";
    }

    private static String wireName(Report report) {
        return switch (report) {
            case Report.Initiated _ -> "initiated";
            case Report.Connected _ -> "connected";
            case Report.Ended _ -> "ended";
            case Report.Failed _ -> "failed";
            case Report.RecordingReady _ -> "recording";
            case Report.TranscriptSaid _ -> "transcript";
            case Report.Analyzed _ -> "analysis";
            case Report.Stop _ -> "stop";
            case Report.AnalysisWaitElapsed _ -> "analysis_wait_elapsed";
            case Report.Taken _ -> "taken";
            case Report.EngineUnavailable _ -> "engine_unavailable";
            case Report.Lost _ -> "lost";
        };
    }
}
