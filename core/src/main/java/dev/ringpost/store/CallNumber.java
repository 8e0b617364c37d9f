package dev.ringpost.store;

/** A call's own number, as its account names it. */
public record CallNumber(long account, long no) implements CallName {}
