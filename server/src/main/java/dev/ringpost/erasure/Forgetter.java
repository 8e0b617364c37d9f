package dev.ringpost.erasure;

import static dev.ringpost.stats.Interval.MINUTES_KEPT;

import dev.ringpost.commit.Journal;
import dev.ringpost.log.LastingFault;
import dev.ringpost.stats.Interval;
import dev.ringpost.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off what erasures left, and deletes what is older than the retention time. Both go slice by slice through the
 * journal, each in a batch together with what else is waiting, so that no write waits for more than one slice; while
 * there is work there is a slice in every batch, so that it keeps up with what comes in. A crash in between costs
 * nothing: what is to be erased is in the store, and what is too old stays too old.
 */
public final class Forgetter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Forgetter.class);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE_AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Journal journal;
    private final InstantSource clock;
    private final Duration retention;
    private final LastingFault fault;
    private final SliceSize size = new SliceSize();
    private final Thread thread;
    private volatile boolean erasing;
    private volatile boolean closed;

    /** @param retention how long events, attempts and ended calls are kept */
    public Forgetter(Journal journal, InstantSource clock, Duration retention) {
        this.journal = journal;
        this.clock = clock;
        this.retention = retention;
        this.fault = new LastingFault(LOG, clock, "What is to be forgotten is deleted again");
        this.thread = Thread.ofPlatform().daemon().name("forgetter").unstarted(this::run);
    }

    /** Starts to work; called once. */
    public void start() {
        thread.start();
    }

    /** Something was erased: its rows are next. */
    public void wake() {
        erasing = true;
        LockSupport.unpark(thread);
    }

    /** Waits for the slice that is under way. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            long pause = PAUSE_NANOS;
            try {
                pass();
                fault.worked();
            } catch (CompletionException e) {
                fault.came("What is to be forgotten can't be deleted, it is tried again: " + e.getMessage());
                pause = PAUSE_AFTER_FAILURE_NANOS;
            }
            if (!closed && !erasing) {
                LockSupport.parkNanos(pause);
            }
        }
    }

    /** Does all that there is to do now. Blocks. */
    void pass() {
        erase();
        Instant now = clock.instant();
        Instant before = now.minus(retention);
        while (!closed && slice((transaction, rows) -> transaction.expireSlice(before, rows))) {
            if (erasing) {
                erase();
            }
        }
        forgetCounts(Interval.HOUR, before);
        forgetCounts(Interval.MINUTE, retention.compareTo(MINUTES_KEPT) < 0 ? before : now.minus(MINUTES_KEPT));
    }

    private void forgetCounts(Interval interval, Instant before) {
        boolean more = true;
        while (more && !closed) {
            more = slice((transaction, rows) -> transaction.forgetCounts(interval, before, rows) == rows);
        }
    }

    private void erase() {
        erasing = false;
        boolean more = true;
        while (more && !closed) {
            more = slice(Transaction::eraseSlice);
        }
    }

    private boolean slice(Slice slice) {
        return journal.change(transaction -> {
                    long start = clock.millis();
                    boolean more = slice.work(transaction, size.rows());
                    size.took(clock.millis() - start);
                    return more;
                })
                .join();
    }

    /** Whether there may be more to do. */
    @FunctionalInterface
    private interface Slice {
        boolean work(Transaction transaction, int rows);
    }
}
