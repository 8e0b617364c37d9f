package dev.ringpost.commit;

import java.io.Serial;
import java.time.Duration;

/** More waits to be committed than may wait. Nothing of this request happened. */
public final class Overloaded extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    public Overloaded(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
