package dev.ringpost.cli;

import dev.ringpost.api.Readiness;
import dev.ringpost.commit.Journal;
import dev.ringpost.store.Records;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Ready is a server whose database answers a question and takes a batch, and whose engine is at work. */
final class ServerReadiness implements Readiness {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Records records;
    private final Journal journal;
    private final Supplier<? extends CompletableFuture<?>> engine;
    private final Executor blocking;
    private volatile boolean stopping;

    /** @param engine completes once the delivery engine has come to it */
    ServerReadiness(
            Records records, Journal journal, Supplier<? extends CompletableFuture<?>> engine, Executor blocking) {
        this.records = records;
        this.journal = journal;
        this.engine = engine;
        this.blocking = blocking;
    }

    /** From now on it is not ready. */
    void stopping() {
        stopping = true;
    }

    @Override
    public Optional<String> whyNot() {
        if (stopping) {
            return Optional.of("The server is stopping: send requests to another, or wait until it runs again");
        }
        CompletableFuture<?> reads = CompletableFuture.supplyAsync(records::hasKeys, blocking);
        CompletableFuture<?> writes = journal.change(transaction -> Boolean.TRUE);
        CompletableFuture<?> turn = engine.get();
        return whyNot(reads, "The database does not answer; look at its disk and at the log")
                .or(() -> whyNot(writes, "The database takes no writes; look at its disk and at the log"))
                .or(() ->
                        whyNot(turn, "The delivery engine does not answer; look at the processor's load and the log"));
    }

    private static Optional<String> whyNot(CompletableFuture<?> check, String otherwise) {
        try {
            check.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (TimeoutException e) {
            return Optional.of(otherwise + " (waited " + PATIENCE.toMillis() + " ms)");
        } catch (ExecutionException e) {
            return Optional.of(otherwise + ": " + (e.getCause() == null ? e : e.getCause()).getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("The server is stopping");
        }
    }
}
