package dev.ringpost.store;

/** A platform's own id of a call, unique in the account. */
public record ExternalKey(long account, String externalId) implements CallName {}
