package dev.ringpost.dashboard.client;

import java.io.Serial;

/** The API did not do what it was asked for. */
public final class Refused extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    // Made of texts and numbers only; a record is no Serializable.
    private final transient Problem problem;

    public Refused(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
