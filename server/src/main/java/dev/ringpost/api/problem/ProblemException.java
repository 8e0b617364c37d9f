package dev.ringpost.api.problem;

import java.io.Serial;

/** Ends the handling of a request with a problem document. */
public final class ProblemException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        // An answer, not a failure of the program: nobody reads its stack trace, and filling it costs.
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
