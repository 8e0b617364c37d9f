package dev.ringpost.counting;

import dev.ringpost.commit.Journal;
import dev.ringpost.log.LastingFault;
import dev.ringpost.stats.Counted;
import dev.ringpost.stats.Tallies;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds what was counted to the store every few seconds, in slices through the journal, so that nothing that is delivered
 * waits for it and no event costs a statement. What was not added yet when the process is killed is lost; what a stop finds
 * is added. Where the store takes nothing, it is kept in memory, within its bound, and tried again.
 */
public final class CountsWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CountsWriter.class);
    private static final int SECONDS = 5;
    private static final int SLICE = 500;

    /** About 20 MB where all are full. */
    private static final int MOST = 20_000;

    private final Tallies tallies;
    private final Journal journal;
    private final LastingFault unwritten;
    private final LastingFault crowded;
    private final Thread thread;
    private volatile boolean closed;

    public CountsWriter(Tallies tallies, Journal journal, InstantSource clock) {
        this.tallies = tallies;
        this.journal = journal;
        this.unwritten = new LastingFault(LOG, clock, "What is counted for statistics is stored again");
        this.crowded = new LastingFault(LOG, clock, "Everything is counted for statistics again");
        this.thread = Thread.ofPlatform().daemon().name("counts-writer").unstarted(this::run);
    }

    /** Room for as many accounts and endpoints as may be counted between two writes. */
    public static Tallies tallies() {
        return new Tallies(MOST);
    }

    /** Starts to work; called once. */
    public void start() {
        thread.start();
    }

    /** Adds what is left. The journal must still take changes. */
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
        int waited = 0;
        while (!closed) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            waited++;
            if (waited >= SECONDS || tallies.size() > MOST / 2) {
                waited = 0;
                write();
            }
        }
        write();
    }

    /** Adds what was counted so far. Blocks. */
    void write() {
        List<Counted> counted = tallies.take();
        int done = 0;
        try {
            while (done < counted.size()) {
                List<Counted> slice = counted.subList(done, Math.min(done + SLICE, counted.size()));
                List<Counted> rows =
                        slice.stream().flatMap(each -> each.rows().stream()).toList();
                journal.change(transaction -> {
                            transaction.addCounts(rows);
                            return rows.size();
                        })
                        .join();
                done += slice.size();
            }
            unwritten.worked();
        } catch (CompletionException e) {
            tallies.giveBack(counted.subList(done, counted.size()));
            unwritten.came("What was counted for statistics can't be stored, it is tried again: " + e.getMessage());
        }
        tellOfCrowd();
    }

    private void tellOfCrowd() {
        long uncounted = tallies.takeUncounted();
        if (uncounted == 0) {
            crowded.worked();
        } else {
            crowded.came(uncounted + " events, deliveries and attempts are missing in statistics: more than " + MOST
                    + " accounts and webhooks had some at once. The log and the deliveries themselves miss nothing");
        }
    }
}
