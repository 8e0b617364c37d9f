package dev.ringpost.api.http;

import dev.ringpost.commit.Journal;
import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How what a request does is committed. Where the request has an {@code Idempotency-Key}, its answer is committed in the
 * same transaction: so after a crash either both are there or neither is.
 */
public interface Commit {
    /**
     * Applies commands to calls.
     *
     * @param reply makes the reply from the answers, and from nothing else: with an Idempotency-Key it runs inside the
     *     transaction
     * @param afterwards told of the answers once they are committed, by whoever asks for the reply
     */
    CompletionStage<Supplier<Reply>> commands(
            List<CallCommand> commands, Function<List<CallAnswer>, Reply> reply, Consumer<List<CallAnswer>> afterwards);

    default CompletionStage<Supplier<Reply>> commands(
            List<CallCommand> commands, Function<List<CallAnswer>, Reply> reply) {
        return commands(commands, reply, committed -> {});
    }

    /**
     * Makes a change.
     *
     * @param reply makes the reply from the change's result, and from nothing else, as for {@link #commands}
     * @param afterwards told of the result once it is committed, by whoever asks for the reply
     */
    <T> CompletableFuture<Supplier<Reply>> change(
            Journal.Change<T> change, Function<T, Reply> reply, Consumer<T> afterwards);

    /** For requests without a key: the reply is made after the commit, on the request's own thread. */
    record Plain(Journal journal) implements Commit {
        @Override
        public CompletionStage<Supplier<Reply>> commands(
                List<CallCommand> commands,
                Function<List<CallAnswer>, Reply> reply,
                Consumer<List<CallAnswer>> afterwards) {
            return journal.submit(commands).thenApply(answers -> () -> {
                afterwards.accept(answers);
                return reply.apply(answers);
            });
        }

        @Override
        public <T> CompletableFuture<Supplier<Reply>> change(
                Journal.Change<T> change, Function<T, Reply> reply, Consumer<T> afterwards) {
            return journal.change(change).thenApply(result -> () -> {
                afterwards.accept(result);
                return reply.apply(result);
            });
        }
    }
}
