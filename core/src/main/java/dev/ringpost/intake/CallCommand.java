package dev.ringpost.intake;

import dev.ringpost.call.CallSpec;
import dev.ringpost.call.Report;
import org.jspecify.annotations.Nullable;

/** What somebody wants done with a call of an account. */
public sealed interface CallCommand {
    long account();

    record Create(long account, CallSpec spec) implements CallCommand {}

    /** @param idempotencyKey a second report of the call with it changes nothing; null: none */
    record Apply(
            long account,
            CallRef call,
            Report report,
            @Nullable String idempotencyKey) implements CallCommand {}

    /** PATCH: stays whatever an analysis says later. */
    record SetOutcome(long account, long call, @Nullable String outcome) implements CallCommand {}

    /** DELETE: nothing of the call is left but a hash of what it was named by. Possible before it is placed and after its end. */
    record Erase(long account, long call) implements CallCommand {}

    /** How a command names its call. */
    sealed interface CallRef {
        record ByNumber(long no) implements CallRef {}

        /** @param spec makes the call if it is new; null: it must exist */
        record ByExternalId(String externalId, @Nullable CallSpec spec) implements CallRef {}
    }
}
