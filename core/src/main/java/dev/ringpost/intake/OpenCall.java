package dev.ringpost.intake;

import dev.ringpost.call.Call;
import dev.ringpost.store.CallTimer;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A call as a batch changes it. */
final class OpenCall {
    private final @Nullable Call stored;
    private final Set<CallTimer.Kind> woken = EnumSet.noneOf(CallTimer.Kind.class);
    private Call current;

    private OpenCall(@Nullable Call stored, Call current) {
        this.stored = stored;
        this.current = current;
    }

    static OpenCall stored(Call call) {
        return new OpenCall(call, call);
    }

    static OpenCall created(Call call) {
        return new OpenCall(null, call);
    }

    Call current() {
        return current;
    }

    void become(Call changed) {
        current = changed;
    }

    boolean isNew() {
        return stored == null;
    }

    boolean isChanged() {
        return !current.equals(stored);
    }

    /** A timer of the call was due: the store still has it. */
    void wokenBy(CallTimer.Kind kind) {
        woken.add(kind);
    }

    /** Adds the timers that must stand otherwise than they do in the store. */
    void addTimers(CallTimeout timeout, List<CallTimer> changes) {
        Instant waitsUntil = current.progress().endedWaitsUntil();
        Instant waitedUntil = stored == null ? null : stored.progress().endedWaitsUntil();
        if (woken.contains(CallTimer.Kind.ANALYSIS_WAIT) || !Objects.equals(waitsUntil, waitedUntil)) {
            changes.add(timer(CallTimer.Kind.ANALYSIS_WAIT, waitsUntil));
        }
        boolean runs = !current.status().isOver();
        boolean ran = stored != null && !stored.status().isOver();
        if (woken.contains(CallTimer.Kind.CALL_TIMEOUT) || runs != ran) {
            changes.add(timer(CallTimer.Kind.CALL_TIMEOUT, runs ? timeout.deadline(current) : null));
        }
    }

    private CallTimer timer(CallTimer.Kind kind, @Nullable Instant due) {
        return new CallTimer(current.account(), current.no(), kind, due);
    }
}
