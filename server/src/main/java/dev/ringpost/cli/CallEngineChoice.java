package dev.ringpost.cli;

import dev.ringpost.sender.TargetPolicy;
import dev.ringpost.sender.TargetUrl;
import java.util.Optional;

/** Who places the calls that are created here. */
sealed interface CallEngineChoice {
    /** The platform's own engine, which asks or knows which. */
    record None() implements CallEngineChoice {}

    record Simulator() implements CallEngineChoice {}

    /** An engine that is told by POST. */
    record At(String url) implements CallEngineChoice {}

    /** It is told which calls to place and to stop. */
    default boolean isTold() {
        return !(this instanceof None);
    }

    /** Empty where the text means none of them. */
    static Optional<CallEngineChoice> parse(String text) {
        return switch (text) {
            case "none" -> Optional.of(new None());
            case "simulator" -> Optional.of(new Simulator());
            default -> TargetUrl.check(text, POLICY).faults().isEmpty() ? Optional.of(new At(text)) : Optional.empty();
        };
    }

    /** It is the operator who names the engine, and it may well stand beside the server: every address is allowed, and http. */
    TargetPolicy POLICY = new TargetPolicy(true, true);
}
