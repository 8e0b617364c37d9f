package dev.ringpost.callengine;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallStatus;
import dev.ringpost.callengine.CallEngine.Answer;
import dev.ringpost.callengine.PendingCommand.Outcome;
import dev.ringpost.clock.Clocks;
import dev.ringpost.commit.Journal;
import dev.ringpost.id.PublicIds;
import dev.ringpost.intake.Intake;
import dev.ringpost.log.LastingFault;
import dev.ringpost.store.Backlog;
import dev.ringpost.store.CallTimer;
import dev.ringpost.store.Records;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the commands that are due to the call engine. Which are due is in the store, looked up five times a second; so a
 * restart forgets none. A command that is not taken is tried again, with growing pauses, until {@link #TIME_TO_TAKE} after
 * it was due; then a call to place fails, and a call to stop is over anyway, which the log tells.
 *
 * <p>A command may reach the engine twice: where its answer got lost, or the server died before it was written down.
 *
 * <p>Each kind has its own slots, so that an engine that hangs on one holds up no other. What finds no slot in time is
 * given up like what was refused.
 */
public final class EngineCommands implements AutoCloseable {
    static final Duration TIME_TO_TAKE = Duration.ofSeconds(60);
    /** For what became due while no server ran. */
    private static final Duration TIME_AFTER_START = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(EngineCommands.class);
    private static final long BETWEEN_LOOKS_MILLIS = 200;
    private static final int AT_ONCE = 32;
    private static final int MOST_PENDING = 1000;

    private final Parts parts;
    private final CallEngine engine;
    private final LastingFault fault;
    private final ScheduledThreadPoolExecutor thread;
    private final AtomicBoolean looksSoon = new AtomicBoolean();
    private final CompletableFuture<Void> quiet = new CompletableFuture<>();

    /** This and what follows is touched by {@link #thread} only. */
    private final CommandList places = new CommandList(CallEngine.Kind.PLACE, CallTimer.Kind.PLACE);

    private final CommandList stops = new CommandList(CallEngine.Kind.STOP, CallTimer.Kind.STOP);

    private Instant started = Instant.MIN;
    private boolean closing;

    /** What the commands are read from and written down with. */
    public record Parts(Clocks clocks, PublicIds ids, Records records, Backlog backlog, Journal journal) {}

    public EngineCommands(Parts parts, CallEngine engine) {
        this.parts = parts;
        this.engine = engine;
        this.fault =
                new LastingFault(log, parts.clocks().steady(), "Commands to the call engine are looked after again");
        thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("call-engine").factory(), new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Starts to look; called once. */
    public void start() {
        thread.execute(() -> started = now());
        var _ = thread.scheduleWithFixedDelay(this::look, 0, BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A commit may have made a command due: looks at once. Only a hint, to be given from any thread. */
    public void commandsDue() {
        if (looksSoon.compareAndSet(false, true)) {
            thread.execute(this::look);
        }
    }

    /** Sends nothing more, and waits a while for the answers to what is sent: what gets none goes out at the next start. */
    public void stop(Duration patience) {
        thread.execute(() -> {
            closing = true;
            look();
        });
        quiet.completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        close();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        looksSoon.set(false);
        try {
            goOn(places);
            goOn(stops);
            fault.worked();
        } catch (RuntimeException e) {
            if (!thread.isShutdown()) {
                fault.came("Commands to the call engine could not be looked after, they are tried again: "
                        + e.getMessage());
            }
        }
        if (closing && !places.isBusy() && !stops.isBusy()) {
            quiet.complete(null);
        }
    }

    private void goOn(CommandList list) {
        if (!closing && list.size() < MOST_PENDING) {
            // The earliest due come first and are known: beyond them there may be new ones.
            Instant stamp = parts.clocks().stamps().instant();
            Duration behind = Duration.between(stamp, now());
            list.add(parts.backlog().dueTimers(list.timerKind(), stamp, MOST_PENDING), behind);
        }
        for (PendingCommand command : list.all()) {
            goOn(list, command);
        }
    }

    private void goOn(CommandList list, PendingCommand command) {
        Instant now = now();
        if (!command.isReady(now)) {
            return;
        }
        if (command.outcome() != null) {
            write(command, command.outcome());
        } else if (!now.isBefore(deadline(command))) {
            giveUp(command);
        } else if (!closing && list.sending() < AT_ONCE && isNext(command)) {
            send(command);
        }
    }

    private Instant deadline(PendingCommand command) {
        Instant deadline = command.due().plus(TIME_TO_TAKE);
        Instant earliest = started.plus(TIME_AFTER_START);
        return deadline.isBefore(earliest) ? earliest : deadline;
    }

    /** A call is not stopped while a command to place it is under way: the engine could take the two in the wrong order. */
    private boolean isNext(PendingCommand command) {
        return switch (command.kind()) {
            case PLACE -> true;
            case STOP -> !places.isSending(command.timer().call());
        };
    }

    private void send(PendingCommand command) {
        CallTimer timer = command.timer();
        Optional<Call> call = parts.records().call(timer.account(), timer.call());
        if (call.isEmpty() || !isWanted(command.kind(), call.get())) {
            // The engine may have taken what a user stopped meanwhile.
            boolean mayRun = call.isPresent() && call.get().progress().stopRequested() && command.wasTried();
            write(command, mayRun ? Outcome.TAKEN : Outcome.VOID);
            return;
        }
        command.sent();
        list(command).sent();
        var _ = engine.tell(new CallEngine.Command(command.kind(), call.get()))
                .thenAcceptAsync(answer -> answered(command, answer), thread);
    }

    private static boolean isWanted(CallEngine.Kind kind, Call call) {
        return switch (kind) {
            case PLACE -> call.status() == CallStatus.QUEUED;
            case STOP -> call.progress().stopRequested();
        };
    }

    private void answered(PendingCommand command, Answer answer) {
        list(command).answered();
        switch (answer) {
            case Answer.Taken() -> write(command, Outcome.TAKEN);
            case Answer.NotTaken(String why) -> {
                log.debug("The call engine did not take {} of {}: {}", command.kind(), callId(command), why);
                command.notTaken(why, now());
            }
        }
        commandsDue();
    }

    private void giveUp(PendingCommand command) {
        switch (command.kind()) {
            case PLACE ->
                log.warn(
                        "The call engine took no command to place {}, so it fails: {}",
                        callId(command),
                        command.lastFault());
            case STOP ->
                log.warn("The call engine took no command to stop {}: {}", callId(command), command.lastFault());
        }
        write(command, Outcome.NOT_TAKEN);
    }

    private void write(PendingCommand command, Outcome outcome) {
        command.settle(outcome);
        var _ = submit(command, outcome).whenCompleteAsync((_, failure) -> written(command, failure), thread);
    }

    private CompletableFuture<?> submit(PendingCommand command, Outcome outcome) {
        CallTimer timer = command.timer();
        if (outcome == Outcome.VOID || command.kind() == CallEngine.Kind.STOP) {
            CallTimer cleared = new CallTimer(timer.account(), timer.call(), timer.kind(), null);
            return parts.journal().<Boolean>change(transaction -> {
                transaction.setTimers(List.of(cleared));
                return true;
            });
        }
        Instant now = parts.clocks().stamps().instant();
        return parts.journal()
                .submit(List.of(outcome == Outcome.TAKEN ? Intake.placed(timer, now) : Intake.notPlaced(timer, now)));
    }

    private void written(PendingCommand command, @Nullable Throwable failure) {
        if (failure == null) {
            list(command).remove(command);
        } else {
            log.debug("What became of a command to the call engine is not written down yet", failure);
            command.notCommitted(now());
        }
        commandsDue();
    }

    /** For all that waits here. */
    private Instant now() {
        return parts.clocks().steady().instant();
    }

    private CommandList list(PendingCommand command) {
        return switch (command.kind()) {
            case PLACE -> places;
            case STOP -> stops;
        };
    }

    private String callId(PendingCommand command) {
        return parts.ids().call(command.timer().call());
    }
}
