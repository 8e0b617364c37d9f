package dev.ringpost.api.http;

import dev.ringpost.store.ApiKey;

/**
 * Who sent a request.
 *
 * @param account the account acted for: the key's own, or the one an operator named with {@code ringpost-account}
 */
public record Caller(ApiKey key, long account) {}
