package dev.ringpost.callengine;

import dev.ringpost.call.Call;
import java.util.concurrent.CompletableFuture;

/** Places the calls that are created here. The same command may come again: it is known by its call and its kind. */
public interface CallEngine {
    /** Hands the command over once. The future never fails, and completes within the engine's own deadline. */
    CompletableFuture<Answer> tell(Command command);

    /** @param call as it is committed when the command goes out */
    record Command(Kind kind, Call call) {}

    /** In JSON the lower-case name. */
    enum Kind {
        PLACE,
        /** A user stopped it: hang up. */
        STOP
    }

    /** What became of a command. */
    sealed interface Answer {
        record Taken() implements Answer {}

        /** @param why one line that a person can act on */
        record NotTaken(String why) implements Answer {}
    }
}
