package dev.ringpost.commit;

import dev.ringpost.fairness.FairShares;
import dev.ringpost.fairness.TakingTurns;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the writer: results of attempts, commands and changes. Results and changes go in the order they came, and
 * are never refused: results are bounded by the attempts in flight, changes by the requests that may wait for the store.
 * Commands are refused where too many of their account wait; accounts take turns, and within one the order holds.
 */
final class Inbox {
    /** No batch takes longer than this many changes: each runs code of its own. */
    private static final int CHANGES_A_BATCH = 100;

    private static final long BATCH_BYTES = 4 << 20;

    /** An account's commands may have so many bytes until it is another's turn: about 100 small reports. */
    private static final long TURN_BYTES = 64 << 10;

    /** So many results are a batch of their own. */
    private static final int MANY_RESULTS = 100;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Work.Writes> writes = new ArrayDeque<>();
    private final TakingTurns<Work.Commands> commands = new TakingTurns<>(TURN_BYTES);
    private final Deque<Work.Management<?>> changes = new ArrayDeque<>();
    private final FairShares commandsWaiting;
    private final Duration patience;
    private int results;
    private int awaited;
    private boolean patient;
    private boolean closed;

    /**
     * @param waitingAtMost how many commands may wait, from 2; an account may have as many waiting as are left free
     * @param patience where nothing waits but ends of deliveries, they wait so long for something else, as a commit that
     *     both share costs less than two; unless there are {@link #MANY_RESULTS}
     */
    Inbox(int waitingAtMost, Duration patience) {
        this.commandsWaiting = new FairShares(waitingAtMost);
        this.patience = patience;
    }

    /** The exception that refuses the work; null where it was taken. */
    @Nullable
    RuntimeException add(Work work) {
        lock.lock();
        try {
            if (closed) {
                return new StoreUnavailable("The server is shutting down. Ask again in a moment.");
            }
            switch (work) {
                case Work.Writes added -> {
                    writes.add(added);
                    results += added.writes().size();
                    awaited += added.isAwaited() ? 1 : 0;
                }
                case Work.Management<?> added -> changes.add(added);
                case Work.Commands added -> {
                    if (!commandsWaiting.tryTake(
                            added.account(), added.commands().size())) {
                        return overloaded();
                    }
                    commands.add(added.account(), added, added.bytes());
                }
            }
            if (hasCome()) {
                arrived.signal();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** The exception that refuses any commands of the account now; null where some may be taken. */
    @Nullable
    Overloaded refusal(long account) {
        return commandsWaiting.mayTake(account) ? null : overloaded();
    }

    private static Overloaded overloaded() {
        return new Overloaded(
                "So many reports wait to be stored that no more of this account may. Send this again in a second.",
                Duration.ofSeconds(1));
    }

    /**
     * Waits until there is something, and takes what is there within the bounds. Null when closed and empty.
     *
     * @param limit how many commands, and how many writes, at about most; a single work may have more
     */
    @Nullable
    Batch take(int limit) {
        lock.lock();
        try {
            while (!hasCome()) {
                if (closed) {
                    return null;
                }
                arrived.awaitUninterruptibly();
            }
            awaitCompany();
            return new Batch(takeWrites(limit), takeCommands(limit), takeChanges());
        } finally {
            lock.unlock();
        }
    }

    /** What the writer waits for. */
    private boolean hasCome() {
        boolean resultsGo = patient ? results >= MANY_RESULTS || awaited > 0 : !writes.isEmpty();
        return resultsGo || !commands.isEmpty() || !changes.isEmpty();
    }

    /** Returns once there is something other than results, or many of these, or the patience is at its end. */
    private void awaitCompany() {
        patient = true;
        try {
            long nanos = patience.toNanos();
            while (!hasCome() && !closed && nanos > 0) {
                nanos = arrived.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            patient = false;
        }
    }

    int commandsWaiting() {
        return (int) commandsWaiting.taken();
    }

    /** Takes nothing more. */
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private List<Work.Writes> takeWrites(int limit) {
        Bound bound = new Bound(limit);
        List<Work.Writes> taken = new ArrayList<>();
        for (Work.Writes next = writes.peek(); next != null && bound.admits(); next = writes.peek()) {
            taken.add(writes.remove());
            results -= next.writes().size();
            awaited -= next.isAwaited() ? 1 : 0;
            bound.add(
                    next.writes().size(),
                    next.writes().stream().mapToLong(Sizes::of).sum());
        }
        return taken;
    }

    private List<Work.Commands> takeCommands(int limit) {
        Bound bound = new Bound(limit);
        List<Work.Commands> taken = new ArrayList<>();
        while (bound.admits()) {
            Work.Commands next = commands.poll();
            if (next == null) {
                break;
            }
            taken.add(next);
            commandsWaiting.giveBack(next.account(), next.commands().size());
            bound.add(next.commands().size(), next.bytes());
        }
        return taken;
    }

    private List<Work.Management<?>> takeChanges() {
        List<Work.Management<?>> taken = new ArrayList<>();
        while (!changes.isEmpty() && taken.size() < CHANGES_A_BATCH) {
            taken.add(changes.remove());
        }
        return taken;
    }

    /** What goes into one transaction. */
    record Batch(List<Work.Writes> writes, List<Work.Commands> commands, List<Work.Management<?>> changes) {
        int size() {
            return writes.stream().mapToInt(work -> work.writes().size()).sum()
                    + commands.stream().mapToInt(work -> work.commands().size()).sum()
                    + changes.size();
        }

        List<Work> all() {
            List<Work> all = new ArrayList<>(writes);
            all.addAll(commands);
            all.addAll(changes);
            return all;
        }
    }

    /** A batch has room as long as it is under both limits. */
    private static final class Bound {
        private final int limit;
        private int count;
        private long bytes;

        Bound(int limit) {
            this.limit = limit;
        }

        boolean admits() {
            return count < limit && bytes < BATCH_BYTES;
        }

        void add(int more, long moreBytes) {
            count += more;
            bytes += moreBytes;
        }
    }
}
