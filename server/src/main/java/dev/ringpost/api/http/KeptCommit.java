package dev.ringpost.api.http;

import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemException;
import dev.ringpost.api.problem.ProblemType;
import dev.ringpost.commit.Journal;
import dev.ringpost.id.NumberSource;
import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.store.KeptAnswer;
import dev.ringpost.store.Transaction;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Commits what one request with an {@code Idempotency-Key} does together with its answer. */
final class KeptCommit implements Commit {
    /** A larger answer is not kept: its request, sent again, does nothing and is told so. */
    private static final int LARGEST = 1 << 20;

    private final Journal journal;
    private final NumberSource numbers;
    private final KeyedRequest request;

    /** Made in the transaction, so it counts only once that is committed. */
    private volatile @Nullable Reply made;

    KeptCommit(Journal journal, NumberSource numbers, KeyedRequest request) {
        this.journal = journal;
        this.numbers = numbers;
        this.request = request;
    }

    @Override
    public CompletionStage<Supplier<Reply>> commands(
            List<CallCommand> commands,
            Function<List<CallAnswer>, Reply> reply,
            Consumer<List<CallAnswer>> afterwards) {
        return journal.submit(commands, (transaction, answers) -> keep(transaction, rendered(reply, answers)))
                .thenApply(answers -> () -> {
                    afterwards.accept(answers);
                    return reply();
                });
    }

    @Override
    public <T> CompletableFuture<Supplier<Reply>> change(
            Journal.Change<T> change, Function<T, Reply> reply, Consumer<T> afterwards) {
        return journal.change(transaction -> {
                    T result = change.apply(transaction);
                    keep(transaction, reply.apply(result));
                    return result;
                })
                .thenApply(result -> () -> {
                    afterwards.accept(result);
                    return reply();
                });
    }

    /** Keeps the answer of a request that committed nothing, or whose commit didn't keep it. */
    CompletableFuture<Reply> keepLate(Reply reply) {
        Reply committed = made;
        if ((committed != null && isKept(committed)) || !isKept(reply)) {
            return CompletableFuture.completedFuture(reply);
        }
        return journal.change(transaction -> keep(transaction, reply));
    }

    private static Reply rendered(Function<List<CallAnswer>, Reply> reply, List<CallAnswer> answers) {
        try {
            return reply.apply(answers);
        } catch (ProblemException refused) {
            return Reply.of(refused.problem());
        }
    }

    private Reply reply() {
        Reply reply = made;
        if (reply == null) {
            throw new IllegalStateException("Commands were committed without their answer");
        }
        return reply;
    }

    private Reply keep(Transaction transaction, Reply reply) {
        made = reply;
        if (isKept(reply)) {
            Reply kept = reply.body().length <= LARGEST ? reply : tooLarge();
            transaction.keepAnswer(new KeptAnswer(
                    numbers.next(),
                    request.account(),
                    request.request(),
                    request.body(),
                    reply.about(),
                    kept.status(),
                    kept.contentType(),
                    kept.headers().get("location"),
                    kept.body()));
        }
        return reply;
    }

    private static boolean isKept(Reply reply) {
        return reply.status() / 100 == 2 || reply.status() == ProblemType.VALIDATION.status();
    }

    private static Reply tooLarge() {
        return Reply.of(new Problem(
                ProblemType.IDEMPOTENCY_ANSWER_TOO_LARGE,
                "This request was done before, and is not done again; its answer had more than " + LARGEST
                        + " bytes and was not kept"));
    }
}
