package dev.ringpost.cli.remote;

import java.io.Serial;

/** A server did not do what it was asked for. The message is one line that says why. */
public final class RemoteFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final int status;

    /** @param status of the answer; 0 where there was none */
    RemoteFailure(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The same request may well do later: there was no answer, or one that asks to come again. */
    boolean isPassing() {
        return status == 0 || status == 429 || status >= 500;
    }

    int status() {
        return status;
    }
}
