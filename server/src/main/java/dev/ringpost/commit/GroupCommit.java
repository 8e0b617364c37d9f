package dev.ringpost.commit;

import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.intake.Committed;
import dev.ringpost.log.LastingFault;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal with one writer thread: it takes whatever waits, runs it as one transaction and completes the futures
 * after the commit. Under load a batch grows by itself and one sync of the disk serves many. An idle writer makes nobody
 * wait; only what records the ends of deliveries waits a little for reports to share a commit with.
 */
public final class GroupCommit implements Journal, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final int COMMANDS_WAITING = 20_000;
    /** See docs/decisions/0014-results-wait-for-reports.md. */
    private static final Duration PATIENCE = Duration.ofMillis(3);

    private static final int BATCH = 1000;
    private static final int SMALLEST_BATCH = 50;
    private static final long BATCH_MILLIS = 20;

    private final WriteSide store;
    private final CallFold fold;
    private final Consumer<List<Committed>> engine;
    private final Executor completions;
    private final InstantSource clock;
    private final CommitListener listener;
    private final LastingFault outage;
    private final Inbox inbox;
    private final Thread writer;

    /** How much a batch may hold for its work to take about {@link #BATCH_MILLIS}. For the writer only. */
    private int limit = BATCH;

    /**
     * @param engine told of new deliveries after their commit, in order, before the futures complete; on the writer
     *     thread, so it must only hand them over
     * @param completions runs what waits on the futures
     */
    public GroupCommit(
            WriteSide store,
            CallFold fold,
            Consumer<List<Committed>> engine,
            Executor completions,
            InstantSource clock) {
        this(store, fold, engine, completions, clock, CommitListener.NONE);
    }

    /** As above, with somebody to be told how it goes. */
    public GroupCommit(
            WriteSide store,
            CallFold fold,
            Consumer<List<Committed>> engine,
            Executor completions,
            InstantSource clock,
            CommitListener listener) {
        this.store = store;
        this.fold = fold;
        this.engine = engine;
        this.completions = completions;
        this.clock = clock;
        this.listener = listener;
        this.outage = new LastingFault(LOG, clock, "Batches are committed again");
        this.inbox = new Inbox(COMMANDS_WAITING, PATIENCE);
        this.writer = Thread.ofPlatform().daemon().name("writer").unstarted(this::run);
        writer.start();
    }

    @Override
    public CompletableFuture<List<CallAnswer>> submit(List<CallCommand> commands, After after) {
        CompletableFuture<List<CallAnswer>> future = new CompletableFuture<>();
        return add(Work.Commands.of(List.copyOf(commands), after, future), future);
    }

    @Override
    public CompletableFuture<Void> apply(List<LaneWrite> writes) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        return add(new Work.Writes(List.copyOf(writes), future), future);
    }

    @Override
    public <T> CompletableFuture<T> change(Change<T> change) {
        CompletableFuture<T> future = new CompletableFuture<>();
        return add(new Work.Management<>(change, future), future);
    }

    @Override
    public void requireRoom(long account) {
        Overloaded refusal = inbox.refusal(account);
        if (refusal != null) {
            throw refusal;
        }
    }

    /** How many commands wait for a batch. */
    public int commandsWaiting() {
        return inbox.commandsWaiting();
    }

    /** Commits what waits, takes nothing more, and returns when the writer has stopped. */
    @Override
    public void close() {
        inbox.close();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> CompletableFuture<T> add(Work work, CompletableFuture<T> future) {
        RuntimeException refusal = inbox.add(work);
        if (refusal != null) {
            future.completeExceptionally(refusal);
        }
        return future;
    }

    private void run() {
        for (Inbox.Batch batch = inbox.take(limit); batch != null; batch = inbox.take(limit)) {
            try {
                commit(batch);
                store.betweenBatches();
            } catch (RuntimeException | Error e) {
                LOG.error(
                        "A batch of {} failed in a way that should be impossible; its callers were told. Please report this trace",
                        batch.size(),
                        e);
                fail(batch, e);
            }
        }
    }

    private void commit(Inbox.Batch batch) {
        long begin = System.nanoTime();
        BatchRun run;
        Written written;
        try {
            run = work(batch);
            written = store.commit();
            if (written.anything()) {
                outage.worked();
            }
        } catch (RuntimeException | Error e) {
            store.rollback();
            outage.came("A batch of " + batch.size() + " could not be committed, what asked for it was refused: "
                    + e.getMessage() + " Ringpost goes on by itself once it can commit");
            listener.failed(batch.size());
            fail(batch, e);
            return;
        }
        tellEngine(run.committed());
        listener.committed(batch.size(), System.nanoTime() - begin, run.events(), written);
        complete(run.completions());
    }

    private void tellEngine(List<Committed> committed) {
        if (committed.isEmpty()) {
            return;
        }
        try {
            engine.accept(committed);
        } catch (RuntimeException e) {
            // They are committed, and the next start takes them up; the callers must not hear that it failed.
            LOG.error(
                    "The engine did not take {} committed deliveries; they go out after a restart",
                    committed.size(),
                    e);
        }
    }

    /** The batch in one piece; where some of it is at fault, again from the state before, in pieces. */
    private BatchRun work(Inbox.Batch batch) {
        long start = clock.millis();
        BatchRun run = new BatchRun(store, store.begin(), fold);
        try {
            run.whole(batch);
            adapt(batch.size(), clock.millis() - start);
            return run;
        } catch (StoreUnavailable e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.warn(
                    "Something in a batch of {} can't be stored; it is found and refused alone. If its sender did nothing"
                            + " odd, please report this trace",
                    batch.size(),
                    e);
            store.rollback();
            BatchRun again = new BatchRun(store, store.begin(), fold);
            again.piecewise(batch);
            return again;
        }
    }

    private void adapt(int size, long millis) {
        if (millis > BATCH_MILLIS && size > SMALLEST_BATCH) {
            limit = Math.max(SMALLEST_BATCH, Math.min(limit, size) / 2);
        } else if (size >= limit && millis < BATCH_MILLIS / 2) {
            limit = Math.min(BATCH, limit * 2);
        }
    }

    private void fail(Inbox.Batch batch, Throwable reason) {
        Throwable unavailable = reason instanceof StoreUnavailable
                ? reason
                : new StoreUnavailable("The database could not commit: " + reason.getMessage(), reason);
        complete(batch.all().stream()
                .<Runnable>map(work -> () -> work.future().completeExceptionally(unavailable))
                .toList());
    }

    private void complete(List<Runnable> outcomes) {
        try {
            completions.execute(() -> outcomes.forEach(Runnable::run));
        } catch (RejectedExecutionException _) {
            // Shutting down: nobody is left to do it elsewhere, and nobody may wait for ever.
            outcomes.forEach(Runnable::run);
        }
    }
}
