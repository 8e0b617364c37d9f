package dev.ringpost.cli;

import dev.ringpost.api.Readiness;
import dev.ringpost.commit.Journal;
import dev.ringpost.store.Records;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);

    private final Records records;
    private final Journal journal;
    private final Supplier<? extends CompletableFuture<?>> engine;
    private final Executor blocking;
    private final InstantSource clock;
    private volatile boolean stopping;
    private Write lastWrite = new Write(Instant.EPOCH, CompletableFuture.completedFuture(null));

    /** A write that was tried. */
    private record Write(Instant at, CompletableFuture<?> outcome) {}

    /** @param engine completes once the delivery engine has come to it */
    ServerReadiness(
            Records records,
            Journal journal,
            Supplier<? extends CompletableFuture<?>> engine,
            Executor blocking,
            InstantSource clock) {
        this.records = records;
        this.journal = journal;
        this.engine = engine;
        this.blocking = blocking;
        this.clock = clock;
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
        CompletableFuture<?> writes = write();
        CompletableFuture<?> turn = engine.get();
        return whyNot(reads, "The database does not answer; look at its disk and at the log")
                .or(() -> whyNot(writes, "The database takes no writes; look at its disk and at the log"))
                .or(() ->
                        whyNot(turn, "The delivery engine does not answer; look at the processor's load and the log"));
    }

    /** A real one, with its sync of the disk: so, however often this is asked, not more than one a second. */
    private synchronized CompletableFuture<?> write() {
        Instant now = clock.instant();
        if (Duration.between(lastWrite.at(), now).abs().compareTo(BETWEEN_WRITES) >= 0) {
            lastWrite = new Write(now, journal.change(transaction -> {
                transaction.touch();
                return true;
            }));
        }
        return lastWrite.outcome();
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
