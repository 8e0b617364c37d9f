package dev.ringpost.api.problem;

import dev.ringpost.commit.Overloaded;
import dev.ringpost.commit.StoreUnavailable;
import java.util.HexFormat;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a failure is answered with. */
public final class Failures {
    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /**
     * The problem that tells of a failure. One that nobody foresaw goes to the log under a reference, and the answer
     * holds only the reference.
     *
     * @param operation method and path template, for the log
     */
    public static Problem problemOf(Throwable failure, String operation) {
        return switch (cause(failure)) {
            case ProblemException known -> known.problem();
            case Overloaded overloaded ->
                Problem.overloaded(
                        "More is waiting to be stored than may wait; nothing of this request was done. Send it again later",
                        overloaded.retryAfter());
            case StoreUnavailable down ->
                new Problem(ProblemType.STORE_UNAVAILABLE, "Nothing of this request was stored: " + down.getMessage())
                        .withHeader("retry-after", "5");
            case Throwable unexpected -> unexpected(unexpected, operation);
        };
    }

    private static Problem unexpected(Throwable failure, String operation) {
        String reference =
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        log.error("{} failed unexpectedly, reference {}", operation, reference, failure);
        return new Problem(
                ProblemType.INTERNAL,
                "This is a fault of Ringpost; its operator finds it in the log under reference " + reference);
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        boolean wrapper = failure instanceof CompletionException || failure instanceof ExecutionException;
        return wrapper && cause != null ? cause(cause) : failure;
    }
}
