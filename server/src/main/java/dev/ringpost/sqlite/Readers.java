package dev.ringpost.sqlite;

import dev.ringpost.fairness.Acting;
import dev.ringpost.fairness.TakingTurns;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * Read connections and the platform threads that use them. SQLite's native calls would hold a virtual thread on its
 * carrier, and with two cores two long questions would stop every other virtual thread: so a caller hands its question
 * over and waits, which costs a virtual thread nothing; the accounts that wait take turns. A connection is opened when it
 * is first needed.
 */
final class Readers implements AutoCloseable {
    private static final List<String> PRAGMAS =
            List.of("busy_timeout = 5000", "query_only = true", "cache_size = -2048", "temp_store = memory");

    private final Path file;
    private final ExecutorService threads;
    private final ConcurrentLinkedDeque<Database> idle = new ConcurrentLinkedDeque<>();

    /** Guarded by itself. */
    private final TakingTurns<Runnable> waiting = new TakingTurns<>(1);

    Readers(Path file, String name, int count) {
        this.file = file;
        this.threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().daemon().name(name, 0).factory());
    }

    /** Asks and waits for the answer. Exceptions of the question come out here. */
    <T> T read(Function<Database, T> question) {
        FutureTask<T> answer = new FutureTask<>(() -> {
            Database known = idle.pollFirst();
            Database database = known == null ? Database.open(file, PRAGMAS) : known;
            try {
                return question.apply(database);
            } finally {
                idle.addFirst(database);
            }
        });
        synchronized (waiting) {
            waiting.add(Acting.account(), answer, 1);
        }
        threads.execute(this::answerNext);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the database", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("A question to the database failed", e.getCause());
        }
    }

    /** How many questions wait for a thread. */
    int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private void answerNext() {
        Runnable next;
        synchronized (waiting) {
            next = waiting.poll();
        }
        if (next != null) {
            next.run();
        }
    }

    @Override
    public void close() {
        threads.close();
        idle.forEach(Database::close);
    }
}
