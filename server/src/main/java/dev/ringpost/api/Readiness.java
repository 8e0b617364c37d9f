package dev.ringpost.api;

import java.util.Optional;

/** Whether requests can be served: database reachable, engine running. */
@FunctionalInterface
public interface Readiness {
    /** What is missing and what to do, in one sentence; empty: nothing. May block. */
    Optional<String> whyNot();
}
