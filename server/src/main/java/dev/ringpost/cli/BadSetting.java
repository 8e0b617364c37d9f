package dev.ringpost.cli;

import java.io.Serial;

/** Something is configured wrongly. The message is one line that names where, what, and what is expected. */
final class BadSetting extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    BadSetting(String message) {
        super(message);
    }
}
