package dev.ringpost.timer;

import dev.ringpost.commit.Journal;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.intake.Intake;
import dev.ringpost.log.LastingFault;
import dev.ringpost.store.Backlog;
import dev.ringpost.store.CallTimer;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for due timers of calls five times a second and submits what they ask for, slice by slice until none is due; each
 * slice waits for its commit, so that many due at once (after a long stop) hold nobody up. A timer that is submitted stays due until its commit; so the next look comes after.
 */
public final class CallTimers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CallTimers.class);
    private static final long BETWEEN_LOOKS_MILLIS = 200;
    private static final int SLICE = 200;
    private static final List<CallTimer.Kind> KINDS =
            List.of(CallTimer.Kind.ANALYSIS_WAIT, CallTimer.Kind.CALL_TIMEOUT);

    private final Backlog backlog;
    private final Journal journal;
    private final InstantSource clock;
    private final LastingFault fault;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("call-timers").factory());

    public CallTimers(Backlog backlog, Journal journal, InstantSource clock) {
        this.backlog = backlog;
        this.journal = journal;
        this.clock = clock;
        this.fault = new LastingFault(log, clock, "Due timers of calls are looked after again");
    }

    /** Starts to look; called once. */
    public void start() {
        var _ = thread.scheduleWithFixedDelay(
                this::look, BETWEEN_LOOKS_MILLIS, BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Waits for no look that is under way: what it did not submit is due at the next start. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        try {
            KINDS.forEach(this::wake);
            fault.worked();
        } catch (RuntimeException e) {
            if (!thread.isShutdown()) {
                fault.came("Due timers of calls could not be looked after, they are tried again: " + e.getMessage());
            }
        }
    }

    private void wake(CallTimer.Kind kind) {
        List<CallTimer> due;
        do {
            due = backlog.dueTimers(kind, clock.instant(), SLICE);
            List<CallCommand> commands = due.stream().map(Intake::timerCommand).toList();
            if (!commands.isEmpty()) {
                journal.submit(commands).join();
            }
        } while (due.size() == SLICE);
    }
}
