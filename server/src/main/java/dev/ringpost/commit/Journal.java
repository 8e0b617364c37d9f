package dev.ringpost.commit;

import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.store.Transaction;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Everything that changes the store goes through here. A future completes normally only after the commit that makes its
 * change durable (fsync); it fails with {@link Overloaded} at once where the queue is full, and with
 * {@link StoreUnavailable} where the batch could not be committed: then nothing of it happened.
 */
public interface Journal {
    /** Applies the commands in order; the answers come in the same order. One refused command refuses no other. */
    default CompletableFuture<List<CallAnswer>> submit(List<CallCommand> commands) {
        return submit(commands, (transaction, answers) -> {});
    }

    /** The same, and what {@code after} does is committed with it; where it throws, the commands are undone too. */
    CompletableFuture<List<CallAnswer>> submit(List<CallCommand> commands, After after);

    /**
     * Looks whether commands of the account could be taken now, so that a request that will be refused costs little.
     *
     * @throws Overloaded where they would be refused
     */
    default void requireRoom(long account) {}

    /** Applies the engine's changes in order, after all those given before. Never refused for load. */
    CompletableFuture<Void> apply(List<LaneWrite> writes);

    /** Runs a management change inside a batch. An exception it throws undoes this change alone and fails the future. */
    <T> CompletableFuture<T> change(Change<T> change);

    /** What is written along with commands, once it is known what becomes of them. */
    @FunctionalInterface
    interface After {
        /** May be run again where the batch is at fault: only the last run counts. On the writer thread. */
        void run(Transaction transaction, List<CallAnswer> answers);
    }

    /** A change of one account's things. */
    @FunctionalInterface
    interface Change<T> {
        T apply(Transaction transaction);
    }
}
