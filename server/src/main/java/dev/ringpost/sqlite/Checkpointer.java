package dev.ringpost.sqlite;

import dev.ringpost.commit.StoreUnavailable;
import dev.ringpost.log.LastingFault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the write-ahead log into the database beside the writer, so that no commit waits for it. A busy writer is always
 * some pages ahead, and the log can't start from the front until all are moved: so once few are left the writer moves
 * these itself, between two batches, which takes some milliseconds. Where even then somebody reads the log, it would grow
 * for ever: above {@link #RESTART_ABOVE} the writer waits for them.
 */
final class Checkpointer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
    private static final long PAGE = 4096;
    private static final long PASSIVE_ABOVE = 24 << 20;
    private static final long RESTART_ABOVE = 64 << 20;
    /** So much the writer moves in some milliseconds. */
    private static final long LITTLE = 8 << 20;

    private static final long UNKNOWN = -1;
    private static final long PAUSE_NANOS = 20_000_000;

    /** How long a truncation holds the writer while it waits for readers; then it is tried again later. */
    private static final int TRUNCATION_PATIENCE_MILLIS = 50;

    private static final int MOST_DOUBLINGS = 6;
    private static final int RESTART_PATIENCE_MILLIS = 1000;
    private static final List<String> PRAGMAS = List.of(
            "busy_timeout = " + RESTART_PATIENCE_MILLIS,
            "synchronous = full",
            "wal_autocheckpoint = 0",
            "cache_size = -256");

    private final Database database;
    private final DatabaseFile file;
    private final Path log;
    private final Traces traces = new Traces();
    private final LastingFault stuck;
    private final LastingFault unsynced;
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread thread;
    private volatile boolean written;
    private volatile boolean littleLeft;

    /** How often the log could not be cut in a row. For the thread only. */
    private int tries;

    private volatile boolean closed;
    private volatile long logBytes;

    /** @param file of the database at the path */
    Checkpointer(Path path, DatabaseFile file, InstantSource clock) {
        this.database = Database.open(path, PRAGMAS);
        this.file = file;
        this.log = path.resolveSibling(path.getFileName() + "-wal");
        this.stuck = new LastingFault(LOG, clock, "The write-ahead log is moved into the database again");
        this.unsynced = new LastingFault(LOG, clock, "What is moved out of the write-ahead log is on the disk again");
        this.thread = Thread.ofPlatform().daemon().name("checkpointer").start(this::run);
    }

    /** The writer committed something. Cheap. */
    void written() {
        if (!written) {
            written = true;
            LockSupport.unpark(thread);
        }
    }

    /** Whether the writer should call {@link #moveRest}. */
    boolean isLittleLeft() {
        return littleLeft;
    }

    /** Moves what is left in the log, which is little, so that it starts from the front again: not in a batch. */
    void moveRest() {
        if (!lock.tryLock()) {
            return;
        }
        try {
            littleLeft = false;
            if (waiting("passive") == 0) {
                // The next batch writes over it.
                logBytes = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the log has grown so far that the writer should call {@link #restart}. */
    boolean isRestartDue() {
        return logBytes > RESTART_ABOVE;
    }

    /** Moves the whole log and starts it anew. Waits for readers, and keeps the writer from writing: not in a batch. */
    void restart() {
        waiting("restart");
    }

    /** What was just committed overwrote something that the log must not keep. */
    void leftTraces() {
        traces.left();
        LockSupport.unpark(thread);
    }

    /** Completes once nothing that was overwritten before this call is left in the log. */
    CompletableFuture<Void> traceless() {
        return traces.gone();
    }

    /** Whether the writer should call {@link #truncate}. */
    boolean isTruncationDue() {
        return traces.arePrepared();
    }

    /** Moves the whole log and cuts it to nothing, or gives up soon: not in a batch. */
    void truncate() {
        // While the other thread moves the log beside the writer, the writer does not wait for it.
        if (!lock.tryLock()) {
            return;
        }
        Traces.Covered covered = traces.cover();
        boolean done = false;
        try {
            done = isTruncated();
        } catch (RuntimeException e) {
            stuck.came("The write-ahead log can't be cut, it is tried again: " + e.getMessage());
        } finally {
            covered.end(done);
            lock.unlock();
        }
    }

    private boolean isTruncated() {
        database.execute("pragma busy_timeout = " + TRUNCATION_PATIENCE_MILLIS);
        try {
            boolean busy = database.first("pragma wal_checkpoint(truncate)", row -> row.flag(1))
                    .orElse(true);
            if (busy) {
                return false;
            }
            sync();
            logBytes = 0;
            return true;
        } finally {
            database.execute("pragma busy_timeout = " + RESTART_PATIENCE_MILLIS);
        }
    }

    /** SQLite does not: after a power cut the log might be as long as before. */
    private void sync() {
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            throw new StoreUnavailable("Can't sync " + log + ": " + e.getMessage() + ". Check the disk.", e);
        }
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
            if (traces.areLeft()) {
                truncateBesideTheWriter();
            } else if (written) {
                written = false;
                if (waiting("noop") > PASSIVE_ABOVE) {
                    long left = moveBesideTheWriter();
                    littleLeft = left != UNKNOWN && left <= LITTLE;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            } else {
                LockSupport.park();
            }
        }
    }

    /**
     * Most of it, and then what came meanwhile: how many bytes are left, {@link #UNKNOWN} where it failed. It is synced
     * here: left to the writer, that would be the longest of all its pauses.
     */
    private long moveBesideTheWriter() {
        try {
            long left = waiting("passive");
            file.sync();
            if (left > 0) {
                left = waiting("passive");
                file.sync();
            }
            unsynced.worked();
            return left;
        } catch (StoreUnavailable e) {
            unsynced.came("What was moved out of the write-ahead log is not on the disk: " + e.getMessage());
            return UNKNOWN;
        }
    }

    /**
     * A busy writer truncates between two of its batches, which this prepares; an idle one leaves it to this thread. Where
     * somebody reads for long, it is tried less and less often: each try holds the writer up.
     */
    private void truncateBesideTheWriter() {
        var _ = moveBesideTheWriter();
        traces.prepared();
        LockSupport.parkNanos(PAUSE_NANOS << Math.min(tries, MOST_DOUBLINGS));
        tries = traces.areLeft() ? tries + 1 : 0;
        if (traces.arePrepared() && !closed) {
            truncate();
        }
    }

    /** How many bytes of the log are not moved yet, after a checkpoint of the kind; {@link #UNKNOWN} where it failed. */
    private long waiting(String kind) {
        try {
            long waiting = checkpoint(kind);
            if (!kind.equals("noop")) {
                stuck.worked();
            }
            return waiting;
        } catch (RuntimeException e) {
            stuck.came("The write-ahead log could not be moved into the database and grows until it can: "
                    + e.getMessage());
            return UNKNOWN;
        }
    }

    private long checkpoint(String kind) {
        lock.lock();
        try {
            return checkpointed(kind);
        } finally {
            lock.unlock();
        }
    }

    private long checkpointed(String kind) {
        record Progress(long logged, long moved) {}
        Progress progress = database.first(
                        "pragma wal_checkpoint(" + kind + ")", row -> new Progress(row.number(2), row.number(3)))
                .orElseThrow();
        boolean restarted = kind.equals("restart") && progress.logged() == progress.moved();
        logBytes = restarted ? 0 : progress.logged() * PAGE;
        return (progress.logged() - progress.moved()) * PAGE;
    }
}
