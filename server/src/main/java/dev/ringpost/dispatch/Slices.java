package dev.ringpost.dispatch;

import dev.ringpost.fairness.TakingTurns;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Slices of background work, one at a time: a batch of the writer has one of them at most, however many go on at once, and
 * accounts take turns. From all threads.
 */
final class Slices {
    private final TakingTurns<Runnable> waiting = new TakingTurns<>(1);
    private boolean running;

    /** Begins the slice when its account's turn has come. */
    <T> CompletableFuture<T> inTurn(long account, Supplier<CompletableFuture<T>> slice) {
        CompletableFuture<T> done = new CompletableFuture<>();
        synchronized (this) {
            waiting.add(account, () -> run(slice, done), 1);
            if (running) {
                return done;
            }
            running = true;
        }
        runNext();
        return done;
    }

    private <T> void run(Supplier<CompletableFuture<T>> slice, CompletableFuture<T> done) {
        var _ = begun(slice).whenComplete((result, failure) -> {
            runNext();
            if (failure == null) {
                done.complete(result);
            } else {
                done.completeExceptionally(failure);
            }
        });
    }

    private static <T> CompletableFuture<T> begun(Supplier<CompletableFuture<T>> slice) {
        try {
            return slice.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void runNext() {
        Runnable next = next();
        if (next != null) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = waiting.poll();
        running = next != null;
        return next;
    }
}
