package dev.ringpost.cli;

import java.io.Serial;

/** A command can't do its work. The message is one line that says what is in the way and what to do. */
final class StartFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    StartFailure(String message) {
        super(message);
    }

    StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
