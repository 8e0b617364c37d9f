package dev.ringpost.intake;

import dev.ringpost.call.Call;
import dev.ringpost.store.CallTimer;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A call as a batch changes it. */
final class OpenCall {
    private final @Nullable Call stored;
    private final boolean placedHere;
    private final Set<CallTimer.Kind> woken = EnumSet.noneOf(CallTimer.Kind.class);
    private Call current;
    private boolean taken;
    private boolean erased;

    private OpenCall(@Nullable Call stored, Call current, boolean placedHere) {
        this.stored = stored;
        this.current = current;
        this.placedHere = placedHere;
    }

    static OpenCall stored(Call call) {
        return new OpenCall(call, call, false);
    }

    /** A user made it, for the call engine to place. */
    static OpenCall toPlace(Call call) {
        return new OpenCall(null, call, true);
    }

    /** A report made it: a call engine has it. */
    static OpenCall reported(Call call) {
        return new OpenCall(null, call, false);
    }

    /** As the store has it; null where it is new. */
    @Nullable
    Call stored() {
        return stored;
    }

    Call current() {
        return current;
    }

    void become(Call changed) {
        current = changed;
    }

    /** The batch goes on as if it were not there; it is written and erased at the batch's end. */
    void erase() {
        erased = true;
    }

    boolean isErased() {
        return erased;
    }

    boolean isNew() {
        return stored == null;
    }

    boolean isChanged() {
        return !current.equals(stored);
    }

    boolean placedHere() {
        return placedHere;
    }

    /** The call engine says that it took the command to place it. */
    void taken() {
        taken = true;
    }

    boolean isTaken() {
        return taken;
    }

    boolean isWokenBy(CallTimer.Kind kind) {
        return woken.contains(kind);
    }

    /** A timer of the call was due: the store still has it. */
    void wokenBy(CallTimer.Kind kind) {
        woken.add(kind);
    }
}
