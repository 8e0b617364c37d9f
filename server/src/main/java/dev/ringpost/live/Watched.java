package dev.ringpost.live;

/** Lists that grow at their end. */
public enum Watched {
    /** What an account's calls fired. */
    EVENTS,
    /** An account's attempt log. */
    ATTEMPTS
}
