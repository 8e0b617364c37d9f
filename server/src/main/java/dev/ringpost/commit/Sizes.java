package dev.ringpost.commit;

import dev.ringpost.call.CallSpec;
import dev.ringpost.call.Json;
import dev.ringpost.call.Report;
import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.intake.CallCommand;
import org.jspecify.annotations.Nullable;

/** About how many bytes something will write: what bounds a batch. */
final class Sizes {
    private static final long ROW = 500;

    private Sizes() {}

    static long of(CallCommand command) {
        return ROW
                + switch (command) {
                    case CallCommand.Create create -> of(create.spec());
                    case CallCommand.SetOutcome _, CallCommand.Erase _ -> 0;
                    case CallCommand.Apply apply ->
                        of(apply.report())
                                + switch (apply.call()) {
                                    case CallCommand.CallRef.ByNumber _ -> 0;
                                    case CallCommand.CallRef.ByExternalId byId ->
                                        byId.spec() == null ? 0 : of(byId.spec());
                                };
                };
    }

    static long of(LaneWrite write) {
        return ROW
                + switch (write) {
                    case LaneWrite.Finish finish -> of(finish.result());
                    case LaneWrite.Retry retry -> of(retry.result());
                    case LaneWrite.Spill _, LaneWrite.Save _ -> 0;
                };
    }

    private static long of(@Nullable AttemptResult result) {
        byte[] body = result == null ? null : result.responseBody();
        return body == null ? 0 : body.length;
    }

    private static long of(CallSpec spec) {
        return of(spec.variables()) + of(spec.overrides()) + of(spec.metadata());
    }

    private static long of(Report report) {
        return switch (report) {
            case Report.TranscriptSaid said -> of(said.messages());
            case Report.Analyzed analyzed -> of(analyzed.data());
            case Report.Initiated _,
                    Report.Connected _,
                    Report.Ended _,
                    Report.Failed _,
                    Report.RecordingReady _,
                    Report.Stop _,
                    Report.AnalysisWaitElapsed _,
                    Report.Taken _,
                    Report.EngineUnavailable _,
                    Report.Lost _ -> 0;
        };
    }

    private static long of(@Nullable Json json) {
        return json == null ? 0 : json.text().length();
    }
}
