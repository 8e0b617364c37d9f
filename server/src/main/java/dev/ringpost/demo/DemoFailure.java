package dev.ringpost.demo;

import java.io.Serial;

/** The demo can't go on. The message says at which request, and what the server answered. */
public final class DemoFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    DemoFailure(String message) {
        super(message);
    }

    DemoFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
