package dev.ringpost.commit;

import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.intake.Committed;
import dev.ringpost.store.Event;
import dev.ringpost.store.Transaction;
import java.util.List;

/** What a batch's commands do to its calls. */
@FunctionalInterface
public interface CallFold {
    /** Applies the commands in order. Keeps nothing beyond the call: the transaction may yet be undone. */
    Folded fold(Transaction transaction, List<CallCommand> commands);

    /**
     * @param answers one for each command, in order
     * @param committed what the engine is told once it is committed, in order
     * @param events what was fired
     */
    record Folded(List<CallAnswer> answers, List<Committed> committed, List<Event> events) {}
}
