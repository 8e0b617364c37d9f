package dev.ringpost.intake;

import dev.ringpost.call.Call;
import dev.ringpost.call.EventType;
import java.time.Instant;
import java.util.List;

/** What became of a {@link CallCommand}. */
public sealed interface CallAnswer {
    /**
     * @param events the numbers of the events it fired, in order
     * @param pending events that wait for something else
     */
    record Done(Call call, List<Long> events, List<Pending> pending) implements CallAnswer {}

    record Pending(EventType event, Instant until) {}

    /** What {@link CallCommand.Erase} was asked for is done. */
    record Erased(long account, long call) implements CallAnswer {}

    /** The call was erased before: nothing is taken for it, and it is never made again. */
    record WasErased() implements CallAnswer {}

    /** There is no such call in the account. */
    record NotFound() implements CallAnswer {}

    /** The account already has a call with this external id. */
    record ExternalIdTaken(String externalId) implements CallAnswer {}

    /** See {@link dev.ringpost.call.Transition.Impossible}. */
    record Impossible(long call, String from, String report, String advice) implements CallAnswer {}
}
