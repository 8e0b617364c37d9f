package dev.ringpost.callengine;

import dev.ringpost.store.CallTimer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The commands of one kind that are due and not yet off the store's list, the earliest first. For one thread. */
final class CommandList {
    private final CallEngine.Kind kind;
    private final CallTimer.Kind timerKind;
    private final Map<Long, PendingCommand> byCall = new LinkedHashMap<>();
    private int sending;

    CommandList(CallEngine.Kind kind, CallTimer.Kind timerKind) {
        this.kind = kind;
        this.timerKind = timerKind;
    }

    CallTimer.Kind timerKind() {
        return timerKind;
    }

    int size() {
        return byCall.size();
    }

    /** A copy: what is done with one may take it off. */
    List<PendingCommand> all() {
        return List.copyOf(byCall.values());
    }

    /**
     * Those that are not known yet.
     *
     * @param behind by how much what counts the time here differs from what the timers were set by
     */
    void add(List<CallTimer> due, Duration behind) {
        for (CallTimer timer : due) {
            byCall.computeIfAbsent(timer.call(), _ -> new PendingCommand(kind, timer, behind));
        }
    }

    void remove(PendingCommand command) {
        byCall.remove(command.timer().call());
    }

    void sent() {
        sending++;
    }

    void answered() {
        sending--;
    }

    /** How many wait for the engine's answer. */
    int sending() {
        return sending;
    }

    boolean isSending(long call) {
        PendingCommand command = byCall.get(call);
        return command != null && command.isSending();
    }

    /** Some wait for an answer or for a commit. */
    boolean isBusy() {
        return byCall.values().stream().anyMatch(command -> !command.isIdle());
    }
}
