package dev.ringpost.account;

import java.io.Serial;

/** What was asked for would leave nobody who can operate this Ringpost. The message says what to do instead. */
public final class LockedOut extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    LockedOut(String message) {
        super(message);
    }
}
