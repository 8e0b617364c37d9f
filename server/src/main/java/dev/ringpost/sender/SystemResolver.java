package dev.ringpost.sender;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * Asks the operating system, so that hosts files and search rules hold as for any other program. Its calls block: each runs
 * on a virtual thread (the JDK lends the scheduler another carrier for it), and only so many at once.
 */
public final class SystemResolver implements Resolver, AutoCloseable {
    private static final int MAX_LOOKUPS = 64;
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final Answer STOPPING = new Answer.NotFound("Ringpost is stopping");

    private final Semaphore slots = new Semaphore(MAX_LOOKUPS);
    private final ExecutorService lookups = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("dns-", 0).factory());

    @Override
    public CompletableFuture<Answer> resolve(String host) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        try {
            lookups.execute(() -> lookUp(host, answer));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(STOPPING);
        }
        Answer late = new Answer.NotFound(host + " was not answered within " + DEADLINE.toSeconds() + " s");
        return answer.completeOnTimeout(late, DEADLINE.toMillis(), MILLISECONDS);
    }

    /** Waits for no lookup that still runs. */
    @Override
    public void close() {
        lookups.shutdownNow();
    }

    private void lookUp(String host, CompletableFuture<Answer> answer) {
        try {
            slots.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            answer.complete(STOPPING);
            return;
        }
        try {
            // Who has waited in line beyond its deadline needs no lookup any more.
            if (!answer.isDone()) {
                answer.complete(new Answer.Found(List.of(InetAddress.getAllByName(host))));
            }
        } catch (UnknownHostException e) {
            answer.complete(new Answer.NotFound(host + " has no address"));
        } catch (RuntimeException e) {
            answer.complete(new Answer.NotFound(host + " could not be looked up: " + e.getMessage()));
        } finally {
            slots.release();
        }
    }
}
