package dev.ringpost.api.problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what is wrong with a request, so that its sender learns everything at once. */
public final class Faults {
    /** A body of a million faults is answered with the first of them: the answer must not outgrow the request. */
    private static final int MOST = 1000;

    private final List<Fault> found = new ArrayList<>();

    public void add(String pointer, String message) {
        if (found.size() < MOST) {
            found.add(new Fault(pointer, message));
        }
    }

    /** 422 with all faults; empty where there are none. */
    public Optional<Problem> problem() {
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String detail = found.size() == 1
                ? found.getFirst().pointer() + ": " + found.getFirst().message()
                : found.size() + " faults; see errors";
        return Optional.of(new Problem(ProblemType.VALIDATION, detail, found));
    }

    /** @throws ProblemException 422 with all faults, where there are any */
    public void check() {
        problem().ifPresent(problem -> {
            throw new ProblemException(problem);
        });
    }
}
