package dev.ringpost.call;

import java.time.Instant;

/** A phone or web call, as far as it is known. Changed only by {@link CallMachine}. */
public record Call(
        long no,
        long account,
        CallSpec spec,
        CallStatus status,
        CallFacts facts,
        CallProgress progress,
        Instant createdAt,
        Instant updatedAt) {

    public static Call create(long no, long account, CallSpec spec, Instant now) {
        return new Call(no, account, spec, CallStatus.QUEUED, CallFacts.NONE, CallProgress.START, now, now);
    }

    public Call with(CallFacts changedFacts, CallProgress changedProgress) {
        return new Call(no, account, spec, status, changedFacts, changedProgress, createdAt, updatedAt);
    }
}
