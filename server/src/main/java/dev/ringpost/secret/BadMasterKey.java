package dev.ringpost.secret;

import java.io.Serial;

/** The master key can't be read, or is not the one that the database was made with. The message says what to do. */
public final class BadMasterKey extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public BadMasterKey(String message) {
        super(message);
    }

    public BadMasterKey(String message, Throwable cause) {
        super(message, cause);
    }
}
