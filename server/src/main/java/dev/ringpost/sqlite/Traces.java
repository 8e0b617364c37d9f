package dev.ringpost.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Who waits for the write-ahead log to forget what was overwritten. Safe for use by many threads. */
final class Traces {
    private boolean left;
    private boolean prepared;
    private List<CompletableFuture<Void>> waiting = new ArrayList<>();
    /** Of those who wait, whom the cut under way will tell; null while there is none. */
    private @Nullable List<CompletableFuture<Void>> covered;

    synchronized void left() {
        left = true;
        prepared = false;
    }

    /** The log is moved as far as it goes without holding anybody up: the rest is little. */
    synchronized void prepared() {
        prepared = true;
    }

    synchronized boolean areLeft() {
        return left;
    }

    synchronized boolean arePrepared() {
        return left && prepared;
    }

    synchronized CompletableFuture<Void> gone() {
        List<CompletableFuture<Void>> with = left ? waiting : covered;
        if (with == null) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> future = new CompletableFuture<>();
        with.add(future);
        return future;
    }

    /** Begins to cut the log, while no other cut is under way: what is left from now on is not covered by it. */
    synchronized Covered cover() {
        covered = waiting;
        waiting = new ArrayList<>();
        left = false;
        return this::end;
    }

    private void end(boolean done) {
        ended(done).forEach(future -> future.complete(null));
    }

    /** Who is to be told. */
    private synchronized List<CompletableFuture<Void>> ended(boolean done) {
        List<CompletableFuture<Void>> those = covered == null ? List.of() : covered;
        covered = null;
        if (done) {
            return those;
        }
        left = true;
        prepared = false;
        waiting.addAll(those);
        return List.of();
    }

    /** What a cut covers. */
    @FunctionalInterface
    interface Covered {
        void end(boolean done);
    }
}
