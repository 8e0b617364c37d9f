package dev.ringpost.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Who waits for the write-ahead log to forget what was overwritten. Safe for use by many threads. */
final class Traces {
    private boolean left;
    private boolean prepared;
    private List<CompletableFuture<Void>> waiting = new ArrayList<>();

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
        if (!left) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> future = new CompletableFuture<>();
        waiting.add(future);
        return future;
    }

    /** Begins to cut the log: what is left from now on is not covered by it. */
    synchronized Covered cover() {
        List<CompletableFuture<Void>> covered = waiting;
        waiting = new ArrayList<>();
        left = false;
        return done -> end(covered, done);
    }

    private void end(List<CompletableFuture<Void>> covered, boolean done) {
        if (!done) {
            again(covered);
            return;
        }
        covered.forEach(future -> future.complete(null));
    }

    private synchronized void again(List<CompletableFuture<Void>> covered) {
        left = true;
        prepared = false;
        waiting.addAll(covered);
    }

    /** What a cut covers. */
    @FunctionalInterface
    interface Covered {
        void end(boolean done);
    }
}
