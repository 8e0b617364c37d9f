package dev.ringpost.sqlite;

import java.io.Serial;

/** A row breaks a rule of the schema, such as a unique key. The database itself is well. */
public final class RowRefused extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    RowRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
