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

    record Writes(List<LaneWrite> writes, CompletableFuture<Void> future) implements Work {
        /** Something goes on once they are committed: a next attempt, or what is to be read again. */
        boolean isAwaited() {
            return !writes.stream().allMatch(LaneWrite.Finish.class::isInstance);
        }
    }

    /**
     * @param account whose they are; 0: of several, as one call engine reports for many
     * @param bytes about how many they write
     */
    record Commands(
            List<CallCommand> commands,
            Journal.After after,
            CompletableFuture<List<CallAnswer>> future,
            long account,
            long bytes)
            implements Work {
        static Commands of(
                List<CallCommand> commands, Journal.After after, CompletableFuture<List<CallAnswer>> future) {
            long first = commands.isEmpty() ? 0 : commands.getFirst().account();
            boolean ofOne = commands.stream().allMatch(command -> command.account() == first);
            long bytes = commands.stream().mapToLong(Sizes::of).sum();
            return new Commands(commands, after, future, ofOne ? first : 0, bytes);
        }
    }

    record Management<T>(Journal.Change<T> change, CompletableFuture<T> future) implements Work {
        /** Applies the change; the future completes with its result when what is returned is run. */
        Runnable apply(Transaction transaction) {
            T result = change.apply(transaction);
            return () -> future.complete(result);
        }
    }
}
