package dev.ringpost.sqlite;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the write-ahead log into the database beside the writer, so that no commit waits for it. Where the log can't be
 * moved whole because there is always somebody reading or writing, it would grow for ever: above {@link #RESTART_ABOVE}
 * the writer waits once, between two batches, until it starts from the front again.
 */
final class Checkpointer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
    private static final long PAGE = 4096;
    private static final long PASSIVE_ABOVE = 4 << 20;
    private static final long RESTART_ABOVE = 64 << 20;
    private static final long PAUSE_NANOS = 20_000_000;
    private static final List<String> PRAGMAS =
            List.of("busy_timeout = 1000", "synchronous = full", "wal_autocheckpoint = 0", "cache_size = -256");

    private final Database database;
    private final Thread thread;
    private volatile boolean written;
    private volatile boolean closed;
    private volatile long logBytes;

    Checkpointer(Path file) {
        this.database = Database.open(file, PRAGMAS);
        this.thread = Thread.ofPlatform().daemon().name("checkpointer").start(this::run);
    }

    /** The writer committed something. Cheap. */
    void written() {
        if (!written) {
            written = true;
            LockSupport.unpark(thread);
        }
    }

    /** Whether the log has grown so far that the writer should call {@link #restart}. */
    boolean isRestartDue() {
        return logBytes > RESTART_ABOVE;
    }

    /** Moves the whole log and starts it anew. Waits for readers, and keeps the writer from writing: not in a batch. */
    void restart() {
        checkpoint("restart");
    }

    /** How long the log is, moved parts included. */
    long logBytes() {
        return logBytes;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        database.close();
    }

    private void run() {
        while (!closed) {
            if (written) {
                written = false;
                if (waiting("noop") > PASSIVE_ABOVE) {
                    waiting("passive");
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            } else {
                LockSupport.park();
            }
        }
    }

    /** How many bytes of the log are not moved yet, after a checkpoint of the kind. */
    private long waiting(String kind) {
        try {
            return checkpoint(kind);
        } catch (RuntimeException e) {
            LOG.warn(
                    "The write-ahead log could not be moved into the database and grows until it can: {}",
                    e.getMessage());
            return 0;
        }
    }

    private synchronized long checkpoint(String kind) {
        record Progress(long logged, long moved) {}
        Progress progress = database.first(
                        "pragma wal_checkpoint(" + kind + ")", row -> new Progress(row.number(2), row.number(3)))
                .orElseThrow();
        boolean restarted = kind.equals("restart") && progress.logged() == progress.moved();
        logBytes = restarted ? 0 : progress.logged() * PAGE;
        return (progress.logged() - progress.moved()) * PAGE;
    }
}
