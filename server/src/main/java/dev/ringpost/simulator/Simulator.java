package dev.ringpost.simulator;

import dev.ringpost.call.Call;
import dev.ringpost.callengine.CallEngine;
import dev.ringpost.commit.Journal;
import dev.ringpost.commit.Overloaded;
import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.intake.CallCommand.CallRef;
import dev.ringpost.store.Backlog;
import dev.ringpost.store.CallTimer;
import dev.ringpost.store.Records;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays each call that it is told to place: reports what its {@link Script} says when it says so.
 *
 * <p>The store keeps which calls it plays and since when ({@link CallTimer.Kind#PLAY}). After a restart it goes on with
 * them as if the line had been open meanwhile: what it missed is reported at once, with the times of the script. A report
 * has a key, so that one said before the restart changes nothing. What follows a stop is lost in a restart.
 */
public final class Simulator implements CallEngine, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Simulator.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final int MOST_CALLS = 10_000;

    private final Parts parts;
    private final double speed;
    private final ScheduledThreadPoolExecutor thread;

    /** By the call's number; touched by {@link #thread} only. */
    private final Map<Long, Playing> playing = new HashMap<>();

    /** Where its calls come from and its reports go. */
    public record Parts(InstantSource clock, Records records, Backlog backlog, Journal journal) {}

    /** @param speed how many times faster than real time, above 0 */
    public Simulator(Parts parts, double speed) {
        this.parts = parts;
        this.speed = speed;
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("simulator").factory(), new ThreadPoolExecutor.DiscardPolicy());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Goes on with what it played before the restart; called once, before any command. */
    public void resume() {
        for (CallTimer timer :
                parts.backlog().dueTimers(CallTimer.Kind.PLAY, parts.clock().instant(), MOST_CALLS)) {
            Instant start = Objects.requireNonNull(timer.due(), "a cleared timer is never due");
            Optional<Call> call = parts.records().call(timer.account(), timer.call());
            if (call.isEmpty() || call.get().progress().stopRequested()) {
                forget(timer.account(), timer.call());
            } else {
                thread.execute(() -> play(beginning(call.get(), start)));
            }
        }
    }

    @Override
    public CompletableFuture<Answer> tell(Command command) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        thread.execute(() -> {
            switch (command.kind()) {
                case PLACE -> place(command.call(), answer);
                case STOP -> stop(command.call(), answer);
            }
        });
        return answer;
    }

    /** Hangs up on everybody at once. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void place(Call call, CompletableFuture<Answer> answer) {
        if (playing.containsKey(call.no())) {
            answer.complete(new Answer.Taken());
            return;
        }
        if (playing.size() >= MOST_CALLS) {
            answer.complete(new Answer.NotTaken("The simulator plays " + MOST_CALLS + " calls already"));
            return;
        }
        Playing begun = beginning(call, parts.clock().instant().truncatedTo(ChronoUnit.MILLIS));
        playing.put(call.no(), begun);
        var _ = setTimer(call.account(), call.no(), begun.start())
                .whenCompleteAsync(
                        (_, failure) -> {
                            if (failure == null) {
                                answer.complete(new Answer.Taken());
                                scheduleNext(begun);
                            } else {
                                playing.remove(call.no(), begun);
                                answer.complete(
                                        new Answer.NotTaken("It could not be written down: " + failure.getMessage()));
                            }
                        },
                        thread);
    }

    private void stop(Call call, CompletableFuture<Answer> answer) {
        Playing stopped = playing.get(call.no());
        if (stopped != null) {
            Instant now = parts.clock().instant();
            play(new Playing(call, now, Script.afterStop(stopped.played(), now, speed), "after-stop-"));
        }
        answer.complete(new Answer.Taken());
    }

    private Playing beginning(Call call, Instant start) {
        Script script = Script.of(Scenario.of(call.spec()), call.spec().direction(), start, speed);
        return new Playing(call, start, script, "");
    }

    private void play(Playing call) {
        playing.put(call.no(), call);
        scheduleNext(call);
    }

    private void scheduleNext(Playing call) {
        if (call.isOver()) {
            end(call);
            return;
        }
        after(Duration.between(parts.clock().instant(), call.due()), () -> report(call));
    }

    private void report(Playing call) {
        if (playing.get(call.no()) != call) {
            return;
        }
        CallCommand command = new CallCommand.Apply(
                call.account(), new CallRef.ByNumber(call.no()), call.step().report(), call.key());
        var _ = parts.journal()
                .submit(List.of(command))
                .whenCompleteAsync((answers, failure) -> answered(call, answers, failure), thread);
    }

    private void answered(Playing call, @Nullable List<CallAnswer> answers, @Nullable Throwable failure) {
        if (playing.get(call.no()) != call) {
            return;
        }
        if (answers == null) {
            // The key makes it safe to say the same again.
            log.debug("A simulated call's report was not taken, trying again", failure);
            after(pauseAfter(failure), () -> report(call));
        } else if (answers.getFirst() instanceof CallAnswer.Done) {
            call.goOn();
            scheduleNext(call);
        } else {
            log.debug("A simulated call ends: {}", answers.getFirst());
            end(call);
        }
    }

    private void end(Playing call) {
        if (playing.remove(call.no(), call)) {
            forget(call.account(), call.no());
        }
    }

    /** Where that can't be written, the next start plays it again to no effect. */
    private void forget(long account, long call) {
        var _ = setTimer(account, call, null).whenComplete((_, failure) -> {
            if (failure != null) {
                log.debug("The end of a simulated call was not written down", failure);
            }
        });
    }

    private CompletableFuture<Boolean> setTimer(long account, long call, @Nullable Instant since) {
        CallTimer timer = new CallTimer(account, call, CallTimer.Kind.PLAY, since);
        return parts.journal().change(transaction -> {
            transaction.setTimers(List.of(timer));
            return true;
        });
    }

    private static Duration pauseAfter(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof Overloaded overloaded ? overloaded.retryAfter() : AFTER_FAILURE;
    }

    private void after(Duration delay, Runnable what) {
        var _ = thread.schedule(what, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
    }
}
