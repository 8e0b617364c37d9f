package dev.ringpost.bench.load;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallMachine;
import dev.ringpost.call.CallSpec;
import dev.ringpost.call.Direction;
import dev.ringpost.call.Json;
import dev.ringpost.call.Report;
import dev.ringpost.call.Transition;
import java.time.Duration;
import java.time.Instant;

/** The call that the load's reports are of, and what a report does to it, without a server. */
public final class SampleCall {
    static final String AGENT = "agent_1";
    static final String FROM = "+4930555010";
    static final String TO = "+4930555020";

    /** Makes the payload of call.started about 700 bytes. */
    static final String METADATA = "{\"note\":\"" + "x".repeat(340) + "\"}";

    private SampleCall() {}

    /** Not connected yet. */
    public static Call queued(long no, long account, String externalId, Instant now) {
        CallSpec spec = new CallSpec(
                externalId,
                AGENT,
                Direction.INBOUND,
                FROM,
                TO,
                null,
                Json.EMPTY_OBJECT,
                Json.EMPTY_OBJECT,
                new Json(METADATA),
                null);
        return Call.create(no, account, spec, now);
    }

    /** The call connects: it fires call.started. */
    public static Transition.Applied connected(CallMachine machine, Call call, Instant now) {
        return switch (machine.apply(call, new Report.Connected(now), now)) {
            case Transition.Applied applied -> applied;
            case Transition.Impossible impossible -> throw new IllegalStateException(impossible.toString());
        };
    }

    public static CallMachine machine() {
        return new CallMachine(new CallMachine.Settings(Duration.ZERO));
    }
}
