package dev.ringpost.simulator;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallEngine;
import dev.ringpost.commit.Journal;
import dev.ringpost.commit.Overloaded;
import dev.ringpost.intake.CallAnswer;
import dev.ringpost.intake.CallCommand;
import dev.ringpost.intake.CallCommand.CallRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays each call that is placed: reports what its {@link Script} says when it says so. A call with a
 * {@code scheduled_at} ahead begins then. What is being played is in memory only: after a restart such a call is given up
 * by the call timeout, like one whose engine died.
 */
public final class Simulator implements CallEngine, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Simulator.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Journal journal;
    private final InstantSource clock;
    private final double speed;
    private final ScheduledThreadPoolExecutor thread;

    /** By the call's number; touched by {@link #thread} only. */
    private final Map<Long, Playing> playing = new HashMap<>();

    /** @param speed how many times faster than real time, above 0 */
    public Simulator(Journal journal, InstantSource clock, double speed) {
        this.journal = journal;
        this.clock = clock;
        this.speed = speed;
        this.thread = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("simulator").factory(), new ThreadPoolExecutor.DiscardPolicy());
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public void place(Call call) {
        thread.execute(() -> {
            Instant now = clock.instant();
            Instant at = call.spec().scheduledAt();
            Instant start = at == null || at.isBefore(now) ? now : at;
            Script script = Script.of(Scenario.of(call.spec()), call.spec().direction(), start, speed);
            play(new Playing(call, start, script, ""));
        });
    }

    @Override
    public void stop(Call call) {
        thread.execute(() -> {
            Playing stopped = playing.remove(call.no());
            if (stopped != null) {
                Instant now = clock.instant();
                Script rest = Script.afterStop(stopped.played(), now, speed);
                play(new Playing(call, now, rest, "after-stop-"));
            }
        });
    }

    /** Hangs up on everybody at once. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void play(Playing call) {
        playing.put(call.call.no(), call);
        scheduleNext(call);
    }

    private void scheduleNext(Playing call) {
        if (call.next == call.script.steps().size()) {
            playing.remove(call.call.no(), call);
            return;
        }
        Instant due = call.start.plus(call.step().offset());
        after(Duration.between(clock.instant(), due), () -> report(call));
    }

    private void report(Playing call) {
        if (playing.get(call.call.no()) != call) {
            return;
        }
        CallCommand command = new CallCommand.Apply(
                call.call.account(),
                new CallRef.ByNumber(call.call.no()),
                call.step().report(),
                call.key());
        var _ = journal.submit(List.of(command))
                .whenCompleteAsync((answers, failure) -> answered(call, answers, failure), thread);
    }

    private void answered(Playing call, @Nullable List<CallAnswer> answers, @Nullable Throwable failure) {
        if (playing.get(call.call.no()) != call) {
            return;
        }
        if (answers == null) {
            // The key makes it safe to say the same again.
            log.debug("A simulated call's report was not taken, trying again", failure);
            after(pauseAfter(failure), () -> report(call));
        } else if (answers.getFirst() instanceof CallAnswer.Done) {
            call.next++;
            scheduleNext(call);
        } else {
            log.debug("A simulated call ends: {}", answers.getFirst());
            playing.remove(call.call.no(), call);
        }
    }

    private static Duration pauseAfter(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof Overloaded overloaded ? overloaded.retryAfter() : AFTER_FAILURE;
    }

    private void after(Duration delay, Runnable what) {
        var _ = thread.schedule(what, Math.max(0, delay.toNanos()), TimeUnit.NANOSECONDS);
    }

    /** A call that is under way. */
    private static final class Playing {
        final Call call;
        final Instant start;
        final Script script;
        final String keyPrefix;
        int next;

        Playing(Call call, Instant start, Script script, String keyPrefix) {
            this.call = call;
            this.start = start;
            this.script = script;
            this.keyPrefix = keyPrefix;
        }

        Script.Step step() {
            return script.steps().get(next);
        }

        List<Script.Step> played() {
            return script.steps().subList(0, next);
        }

        String key() {
            return "simulator-" + keyPrefix + next;
        }
    }
}
