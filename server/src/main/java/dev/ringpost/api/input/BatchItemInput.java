package dev.ringpost.api.input;

import dev.ringpost.call.CallSpec;
import dev.ringpost.id.IdKind;
import dev.ringpost.id.PublicIds;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.intake.CallCommand.CallRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One report of POST /v1/reports: it also names its call. */
public final class BatchItemInput {
    /** Greater than no call's number, less than every one's: an id that is none names no call. */
    private static final long NO_CALL = 0;

    private final PublicIds ids;
    private final CallInput calls;

    public BatchItemInput(PublicIds ids, CallInput calls) {
        this.ids = ids;
        this.calls = calls;
    }

    /** Worth something only where no fault was found. */
    public CallCommand.Apply read(Fields item, long account, Instant arrivedAt) {
        CallRef call = call(item, arrivedAt);
        ReportInput input = ReportInput.read(item, arrivedAt);
        return new CallCommand.Apply(account, call, input.report(), input.idempotencyKey());
    }

    private CallRef call(Fields item, Instant arrivedAt) {
        String callId = item.text("call_id", 1, 255);
        String externalId = item.text("external_id", 1, CallInput.LONGEST_EXTERNAL_ID);
        Fields call = item.child("call");
        CallSpec spec = call == null ? null : calls.reported(call, externalId == null ? "" : externalId, arrivedAt);
        if (callId != null) {
            mustBeAbsent(item, "external_id", externalId);
            mustBeAbsent(item, "call", call);
            return new CallRef.ByNumber(ids.parse(IdKind.CALL, callId).orElse(NO_CALL));
        }
        if (externalId == null && item.value("external_id") == null) {
            item.fault("external_id", "is required, or call_id: a report names its call");
        }
        return new CallRef.ByExternalId(externalId == null ? "" : externalId, spec);
    }

    private static void mustBeAbsent(Fields item, String name, @Nullable Object value) {
        if (value != null) {
            item.fault(name, "must be absent where call_id names the call");
        }
    }
}
