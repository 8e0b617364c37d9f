package dev.ringpost.store;

/** What a call is named by: all that is remembered of one that was erased, as a hash. */
public sealed interface CallName permits CallNumber, ExternalKey {
    long account();
}
