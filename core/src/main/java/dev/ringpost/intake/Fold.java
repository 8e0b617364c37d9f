package dev.ringpost.intake;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallMachine;
import dev.ringpost.call.CallSpec;
import dev.ringpost.call.CallStatus;
import dev.ringpost.call.EventType;
import dev.ringpost.call.Report;
import dev.ringpost.call.Transition;
import dev.ringpost.id.NumberSource;
import dev.ringpost.intake.CallCommand.CallRef;
import dev.ringpost.store.CallName;
import dev.ringpost.store.CallNumber;
import dev.ringpost.store.CallTimer;
import dev.ringpost.store.ExternalKey;
import dev.ringpost.store.ReportKey;
import dev.ringpost.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies the commands of one batch, in order, to its calls. */
final class Fold {
    private final CallMachine machine;
    private final NumberSource numbers;
    private final WakeRules wakes;
    private final OpenCalls calls;
    private final ReportKeys keys;
    private final Endpoints endpoints;
    private final Fanout fanout;
    private final Instant now;
    private final List<CallTimer> staleTimers = new ArrayList<>();

    Fold(
            CallMachine machine,
            NumberSource numbers,
            WakeRules wakes,
            OpenCalls calls,
            ReportKeys keys,
            Endpoints endpoints,
            Fanout fanout,
            Instant now) {
        this.machine = machine;
        this.numbers = numbers;
        this.wakes = wakes;
        this.calls = calls;
        this.keys = keys;
        this.endpoints = endpoints;
        this.fanout = fanout;
        this.now = now;
    }

    CallAnswer apply(CallCommand command) {
        return switch (command) {
            case CallCommand.Create create -> create(create);
            case CallCommand.Apply report -> report(report);
            case CallCommand.SetOutcome set -> setOutcome(set);
            case CallCommand.Erase erase -> erase(erase);
        };
    }

    private CallAnswer create(CallCommand.Create command) {
        String externalId = command.spec().externalId();
        if (externalId != null) {
            ExternalKey key = new ExternalKey(command.account(), externalId);
            if (calls.isErased(key)) {
                return new CallAnswer.WasErased();
            }
            if (calls.find(key) != null) {
                return new CallAnswer.ExternalIdTaken(externalId);
            }
        }
        OpenCall call = OpenCall.toPlace(newCall(command.account(), command.spec()));
        calls.add(call);
        return done(call.current(), List.of());
    }

    private CallAnswer report(CallCommand.Apply command) {
        CallTimer.Kind timer = timerOf(command.report());
        OpenCall call = findOrMake(command);
        if (call == null) {
            if (timer != null && command.call() instanceof CallRef.ByNumber(long no)) {
                staleTimers.add(new CallTimer(command.account(), no, timer, null));
            }
            return missing(OpenCalls.name(command.account(), command.call()));
        }
        if (timer != null) {
            call.wokenBy(timer);
        }
        if (command.report() instanceof Report.Taken) {
            call.taken();
        }
        String idempotencyKey = command.idempotencyKey();
        ReportKey key =
                idempotencyKey == null ? null : new ReportKey(call.current().no(), idempotencyKey);
        if ((key != null && keys.knows(key)) || isHeardOf(call.current(), command.report())) {
            return done(call.current(), List.of());
        }
        CallAnswer answer = settle(call, machine.apply(call.current(), command.report(), now));
        if (key != null && answer instanceof CallAnswer.Done) {
            keys.add(key);
        }
        return answer;
    }

    private CallAnswer erase(CallCommand.Erase command) {
        CallNumber number = new CallNumber(command.account(), command.call());
        OpenCall call = calls.find(number);
        if (call == null) {
            return missing(number);
        }
        CallStatus status = call.current().status();
        if (status != CallStatus.QUEUED && !status.isOver()) {
            return new CallAnswer.Impossible(
                    command.call(), status.wireName(), "erase", "Stop the call first, then erase it.");
        }
        calls.erase(call);
        return new CallAnswer.Erased(command.account(), command.call());
    }

    private CallAnswer missing(CallName name) {
        return calls.isErased(name) ? new CallAnswer.WasErased() : new CallAnswer.NotFound();
    }

    private CallAnswer setOutcome(CallCommand.SetOutcome command) {
        CallNumber number = new CallNumber(command.account(), command.call());
        OpenCall call = calls.find(number);
        return call == null
                ? missing(number)
                : settle(call, machine.setOutcome(call.current(), command.outcome(), now));
    }

    private CallAnswer settle(OpenCall open, Transition transition) {
        Call before = open.current();
        return switch (transition) {
            case Transition.Impossible(String from, String report, String advice) ->
                new CallAnswer.Impossible(before.no(), from, report, advice);
            case Transition.Applied applied -> {
                Fanout.Numbered numbered = fanout.fire(before, applied);
                open.become(numbered.call());
                yield done(numbered.call(), numbered.events());
            }
        };
    }

    /** The timeout of a call is not moved by its reports, so it may come while the call is well. */
    private boolean isHeardOf(Call call, Report report) {
        return report instanceof Report.Lost && now.isBefore(wakes.timeout().deadline(call));
    }

    private @Nullable OpenCall findOrMake(CallCommand.Apply command) {
        OpenCall found = calls.find(command.account(), command.call());
        if (found != null) {
            return found;
        }
        boolean erased = calls.isErased(OpenCalls.name(command.account(), command.call()));
        if (!erased
                && command.call() instanceof CallRef.ByExternalId(String externalId, CallSpec spec)
                && spec != null) {
            OpenCall made = OpenCall.reported(newCall(command.account(), spec.withExternalId(externalId)));
            calls.add(made);
            return made;
        }
        return null;
    }

    private Call newCall(long account, CallSpec spec) {
        long no = numbers.next();
        return Call.create(no, account, endpoints.resolve(account, spec), NumberSource.timeOf(no));
    }

    /** @param steadyBehind from the time of this batch to that of the clock by which calls are woken */
    void writeTimers(Transaction tx, Duration steadyBehind) {
        List<CallTimer> changes = new ArrayList<>(staleTimers);
        calls.all().forEach(call -> wakes.addChanges(call, changes));
        if (!changes.isEmpty()) {
            tx.setTimers(
                    changes.stream().map(timer -> bySteady(timer, steadyBehind)).toList());
        }
    }

    /** What is planned for a time of day is not moved, what is to last a while is. */
    private static CallTimer bySteady(CallTimer timer, Duration steadyBehind) {
        Instant due = timer.due();
        return switch (timer.kind()) {
            case ANALYSIS_WAIT, CALL_TIMEOUT ->
                due == null
                        ? timer
                        : new CallTimer(
                                timer.account(),
                                timer.call(),
                                timer.kind(),
                                due.plus(steadyBehind).truncatedTo(ChronoUnit.MILLIS));
            case PLACE, STOP, PLAY -> timer;
        };
    }

    private static CallAnswer.Done done(Call call, List<Long> events) {
        Instant until = call.progress().endedWaitsUntil();
        return new CallAnswer.Done(
                call, events, until == null ? List.of() : List.of(new CallAnswer.Pending(EventType.CALL_ENDED, until)));
    }

    private static CallTimer.@Nullable Kind timerOf(Report report) {
        return switch (report) {
            case Report.AnalysisWaitElapsed _ -> CallTimer.Kind.ANALYSIS_WAIT;
            case Report.Lost _ -> CallTimer.Kind.CALL_TIMEOUT;
            case Report.Taken _, Report.EngineUnavailable _ -> CallTimer.Kind.PLACE;
            default -> null;
        };
    }
}
