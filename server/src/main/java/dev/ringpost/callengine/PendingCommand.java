package dev.ringpost.callengine;

import dev.ringpost.store.CallTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A command that is due and not yet off the store's list. For one thread. */
final class PendingCommand {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(1);

    private final CallEngine.Kind kind;
    private final CallTimer timer;
    private final Instant due;
    private Instant notBefore = Instant.MIN;
    private State state = State.IDLE;
    private int attempts;
    private String lastFault = "it was not tried";
    private @Nullable Outcome outcome;

    private enum State {
        IDLE,
        SENDING,
        WRITING
    }

    /** How it ended. */
    enum Outcome {
        TAKEN,
        NOT_TAKEN,
        /** Nobody wants it any more. */
        VOID
    }

    PendingCommand(CallEngine.Kind kind, CallTimer timer, Duration behind) {
        this.kind = kind;
        this.timer = timer;
        this.due = Objects.requireNonNull(timer.due(), "a cleared timer is never due")
                .plus(behind);
    }

    CallEngine.Kind kind() {
        return kind;
    }

    CallTimer timer() {
        return timer;
    }

    Instant due() {
        return due;
    }

    /** Null while it is not known. */
    @Nullable
    Outcome outcome() {
        return outcome;
    }

    boolean isIdle() {
        return state == State.IDLE;
    }

    boolean isSending() {
        return state == State.SENDING;
    }

    boolean isReady(Instant now) {
        return isIdle() && !notBefore.isAfter(now);
    }

    /** The engine may have taken it, if not so that its answer came back. */
    boolean wasTried() {
        return attempts > 0;
    }

    String lastFault() {
        return lastFault;
    }

    void sent() {
        state = State.SENDING;
        attempts++;
    }

    void notTaken(String why, Instant now) {
        state = State.IDLE;
        lastFault = why;
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts - 1, 10));
        notBefore = now.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
    }

    void settle(Outcome settled) {
        outcome = settled;
        state = State.WRITING;
    }

    /** The outcome is still to be written. */
    void notCommitted(Instant now) {
        state = State.IDLE;
        notBefore = now.plus(BETWEEN_COMMITS);
    }
}
