package dev.ringpost.commit;

import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.store.Transaction;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Something that waits to be committed. It is never split over two transactions. */
sealed interface Work {
    CompletableFuture<?> future();

    record Writes(List<LaneWrite> writes, CompletableFuture<Void> future) implements Work {}

    record Commands(List<CallCommand> commands, Journal.After after, CompletableFuture<List<CallAnswer>> future)
            implements Work {}

    record Management<T>(Journal.Change<T> change, CompletableFuture<T> future) implements Work {
        /** Applies the change; the future completes with its result when what is returned is run. */
        Runnable apply(Transaction transaction) {
            T result = change.apply(transaction);
            return () -> future.complete(result);
        }
    }
}
