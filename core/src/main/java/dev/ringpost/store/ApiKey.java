package dev.ringpost.store;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An API key; the key itself is never stored.
 *
 * @param hash lower-case hex of the key's SHA-256
 * @param agentIds for scope {@code web_calls}: only calls of these agents; empty: all
 */
public record ApiKey(
        long no,
        long account,
        String hash,
        Scope scope,
        @Nullable String name,
        Set<String> agentIds,
        Instant createdAt) {
    /** What a key may do. */
    public enum Scope {
        OPERATOR,
        FULL,
        MANAGE,
        REPORTS,
        READ,
        WEB_CALLS
    }
}
