package dev.ringpost.commit;

import java.io.Serial;

/** The database could not commit: disk full, read-only, I/O error. The message says what and what to do. */
public final class StoreUnavailable extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    public StoreUnavailable(String message) {
        super(message);
    }

    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
