package dev.ringpost.sim.world;

import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.store.Transaction;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** What waits for a batch, and who hears what became of it. */
sealed interface Work {
    /** It was not committed, and nothing of it happened. */
    void failed();

    record Writes(List<LaneWrite> writes, Runnable committed, Runnable onFailure) implements Work {
        @Override
        public void failed() {
            onFailure.run();
        }
    }

    record Commands(List<CallCommand> commands, Consumer<List<CallAnswer>> answered, Runnable refused) implements Work {
        @Override
        public void failed() {
            refused.run();
        }
    }

    record Change<T>(Function<Transaction, T> change, Consumer<T> committed, Runnable onFailure) implements Work {
        @Override
        public void failed() {
            onFailure.run();
        }

        /** Returns what is to be done after the commit. */
        Runnable applyTo(Transaction transaction) {
            T result = change.apply(transaction);
            return () -> committed.accept(result);
        }
    }
}
