package dev.ringpost.api.problem;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A problem document and the response headers that go with it (RFC 9457).
 *
 * @param detail what happened and what to do, for a person
 * @param faults for {@link ProblemType#VALIDATION} every fault found, else empty
 */
public record Problem(ProblemType type, String detail, List<Fault> faults, Map<String, String> headers) {
    public Problem {
        faults = List.copyOf(faults);
        headers = Map.copyOf(headers);
    }

    public Problem(ProblemType type, String detail, List<Fault> faults) {
        this(type, detail, faults, Map.of());
    }

    public Problem(ProblemType type, String detail) {
        this(type, detail, List.of(), Map.of());
    }

    public static Problem notFound(String what) {
        return new Problem(ProblemType.NOT_FOUND, what);
    }

    /** @param retryAfter rounded up to whole seconds, at least 1 */
    public static Problem overloaded(String detail, Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
        return new Problem(ProblemType.OVERLOADED, detail, List.of(), Map.of("retry-after", Long.toString(seconds)));
    }

    public Problem withHeader(String name, String value) {
        return new Problem(type, detail, faults, Map.of(name, value));
    }

    public ProblemException asException() {
        return new ProblemException(this);
    }
}
