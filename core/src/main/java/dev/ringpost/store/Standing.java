package dev.ringpost.store;

/**
 * How an account's endpoints are doing.
 *
 * @param waiting deliveries that failed and are due again, or are held back by a breaker, a pause or a limit
 * @param failing endpoints whose last attempt failed, those with an open breaker left out
 * @param open endpoints whose breaker holds deliveries back
 */
public record Standing(long waiting, int failing, int open) {}
