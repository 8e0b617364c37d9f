package dev.ringpost.intake;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallStatus;
import dev.ringpost.store.CallTimer;
import dev.ringpost.store.CallTimer.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When calls want to be woken.
 *
 * @param callEngine there is a call engine that is told which calls to place and to stop
 */
record WakeRules(CallTimeout timeout, boolean callEngine) {
    /** Adds the timers that must stand otherwise than they do in the store. */
    void addChanges(OpenCall call, List<CallTimer> changes) {
        Call now = call.current();
        Call before = call.stored();
        Instant waitsUntil = now.progress().endedWaitsUntil();
        Instant waitedUntil = before == null ? null : before.progress().endedWaitsUntil();
        if (call.isWokenBy(Kind.ANALYSIS_WAIT) || !Objects.equals(waitsUntil, waitedUntil)) {
            changes.add(timer(now, Kind.ANALYSIS_WAIT, waitsUntil));
        }
        boolean runs = !now.status().isOver();
        boolean ran = before != null && !before.status().isOver();
        if (call.isWokenBy(Kind.CALL_TIMEOUT) || runs != ran) {
            changes.add(timer(now, Kind.CALL_TIMEOUT, runs ? timeout.deadline(now) : null));
        }
        if (callEngine) {
            addCommands(call, changes);
        }
    }

    /** A call that was created here is to be placed for as long as it is queued. */
    private static void addCommands(OpenCall call, List<CallTimer> changes) {
        Call now = call.current();
        Call before = call.stored();
        boolean queued = now.status() == CallStatus.QUEUED;
        if (before == null && call.placedHere() && queued) {
            changes.add(timer(now, Kind.PLACE, placeAt(now)));
        } else if (!queued && (call.isWokenBy(Kind.PLACE) || isQueued(before))) {
            changes.add(timer(now, Kind.PLACE, null));
        }
        if (mustBeStopped(call)) {
            changes.add(timer(now, Kind.STOP, now.updatedAt()));
        }
    }

    /** Of a call that was stopped while it was queued the engine knows only if it took the command at that moment. */
    private static boolean mustBeStopped(OpenCall call) {
        Call before = call.stored();
        if (before == null || !call.current().progress().stopRequested()) {
            return false;
        }
        boolean stoppedNow = !before.progress().stopRequested() && !isQueued(before);
        return stoppedNow || (call.isTaken() && call.current().status().isOver());
    }

    private static boolean isQueued(@Nullable Call call) {
        return call != null && call.status() == CallStatus.QUEUED;
    }

    private static Instant placeAt(Call call) {
        Instant planned = call.spec().scheduledAt();
        return planned != null && planned.isAfter(call.createdAt()) ? planned : call.createdAt();
    }

    private static CallTimer timer(Call call, Kind kind, @Nullable Instant due) {
        return new CallTimer(call.account(), call.no(), kind, due);
    }
}
