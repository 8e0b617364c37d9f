package dev.ringpost.intake;

import dev.ringpost.call.CallMachine;
import dev.ringpost.call.Payloads;
import dev.ringpost.call.Report;
import dev.ringpost.id.NumberSource;
import dev.ringpost.id.PublicIds;
import dev.ringpost.store.CallTimer;
import dev.ringpost.store.Event;
import dev.ringpost.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Folds a batch of commands into calls, events and deliveries, with one bulk read and one bulk write of each kind
 * however many commands there are.
 *
 * <p>Commands are applied in order; two on one call, or two that name one new external id, meet in memory. A refused
 * command changes nothing and refuses no other. Nothing may be answered or sent before the transaction is committed.
 *
 * <p>Each call that is not over has a {@link CallTimer.Kind#CALL_TIMEOUT}. It is written when the call is made and
 * cleared when it is over, but not moved by the reports between: it comes early then, and is set anew for
 * {@code callTimeout} after the call's last change, so that a report costs no write of a timer.
 */
public final class Intake {
    private final NumberSource numbers;
    private final InstantSource clock;
    private final InstantSource steady;
    private final Payloads payloads;
    private final CallMachine machine;
    private final WakeRules wakes;

    /**
     * @param analysisWait how long call.ended waits for an analysis, 0 or more
     * @param callTimeout how long a call may say nothing before it counts as lost, more than 0
     * @param callEngine there is a call engine: the store keeps which calls it is to place and to stop
     */
    public record Settings(Duration analysisWait, Duration callTimeout, boolean callEngine) {}

    /**
     * @param answers one a command, in the same order
     * @param committed what the engine is told once the transaction is committed, in order of event number
     * @param events what was fired, whether or not anybody gets it
     */
    public record Result(List<CallAnswer> answers, List<Committed> committed, List<Event> events) {}

    /** With one clock for all. */
    public Intake(NumberSource numbers, PublicIds ids, InstantSource clock, Settings settings) {
        this(numbers, ids, clock, clock, settings);
    }

    /**
     * @param clock when something happens
     * @param steady what tells when the timers of {@link #timerCommand} are due: one that nobody sets
     */
    public Intake(NumberSource numbers, PublicIds ids, InstantSource clock, InstantSource steady, Settings settings) {
        this.numbers = numbers;
        this.clock = clock;
        this.steady = steady;
        this.payloads = new Payloads(ids);
        this.machine = new CallMachine(new CallMachine.Settings(settings.analysisWait()));
        this.wakes = new WakeRules(new CallTimeout(settings.callTimeout()), settings.callEngine());
    }

    public Result process(Transaction tx, List<CallCommand> commands) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Endpoints endpoints = new Endpoints(tx);
        OpenCalls calls = OpenCalls.load(tx, commands);
        ReportKeys keys = ReportKeys.load(tx, commands, calls);
        Fanout fanout = new Fanout(numbers, payloads, endpoints);
        Fold fold = new Fold(machine, numbers, wakes, calls, keys, endpoints, fanout, now);
        List<CallAnswer> answers = new ArrayList<>(commands.size());
        for (CallCommand command : commands) {
            answers.add(fold.apply(command));
        }
        calls.write(tx);
        fanout.write(tx);
        keys.write(tx);
        fold.writeTimers(tx, Duration.between(now, steady.instant()));
        calls.writeErased(tx);
        return new Result(answers, fanout.committed(calls), fanout.events());
    }

    /**
     * What a due timer of kind {@link CallTimer.Kind#ANALYSIS_WAIT} or {@link CallTimer.Kind#CALL_TIMEOUT} asks for.
     * Processing it always sets or clears that timer, also where the call is gone or over, so that none stays due.
     */
    public static CallCommand timerCommand(CallTimer timer) {
        Instant due = Objects.requireNonNull(timer.due(), "a cleared timer is never due");
        return switch (timer.kind()) {
            case ANALYSIS_WAIT -> command(timer, new Report.AnalysisWaitElapsed(due));
            case CALL_TIMEOUT -> command(timer, new Report.Lost(due));
            case PLACE, STOP, PLAY ->
                throw new IllegalArgumentException("A timer of kind " + timer.kind() + " is a call engine's");
        };
    }

    /** The call engine took the command that the timer of kind {@link CallTimer.Kind#PLACE} stands for; clears it. */
    public static CallCommand placed(CallTimer timer, Instant now) {
        return command(timer, new Report.Taken(now));
    }

    /** It did not: the call fails, unless it is no longer queued; clears the timer. */
    public static CallCommand notPlaced(CallTimer timer, Instant now) {
        return command(timer, new Report.EngineUnavailable(now));
    }

    private static CallCommand command(CallTimer timer, Report report) {
        return new CallCommand.Apply(timer.account(), new CallCommand.CallRef.ByNumber(timer.call()), report, null);
    }
}
