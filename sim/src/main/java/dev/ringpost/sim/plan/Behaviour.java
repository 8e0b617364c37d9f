package dev.ringpost.sim.plan;

/**
 * How a receiver answers.
 *
 * @param millis for {@code GOOD} and {@code SLOW}: about how long an answer takes; for {@code FLAPPING}: how long it is
 *     up, and then down; for {@code BUSY} and {@code UNAVAILABLE}: what Retry-After says, 0: nothing
 */
public record Behaviour(Kind kind, long millis) {
    public static final Behaviour GOOD = new Behaviour(Kind.GOOD, 20);

    /** What it does. */
    public enum Kind {
        GOOD,
        /** It answers, but late. */
        SLOW,
        /** The deadline passes. */
        NEVER,
        /** 500, with a body that nobody can use. */
        WRONG,
        /** A redirect, which is not followed. */
        REDIRECTS,
        /** 410. */
        GONE,
        /** 429. */
        BUSY,
        /** 503. */
        UNAVAILABLE,
        /** Good and bad in turn. */
        FLAPPING,
        /** No connection. */
        REFUSES,
        /** Each attempt one way or the other. */
        MIXED
    }

    public boolean isHealthy() {
        return kind == Kind.GOOD;
    }
}
