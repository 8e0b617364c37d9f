package dev.ringpost.dashboard.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who signed in.
 *
 * @param key the API key
 * @param actingFor the id of the account that an operator looks at; null: the key's own
 * @param until when it ends
 */
public record Session(String key, @Nullable String actingFor, Instant until) {
    /** The same looking at another account; null: at the key's own. */
    public Session actingFor(@Nullable String account) {
        return new Session(key, account, until);
    }

    /** Never the key: it must not reach a log. */
    @Override
    public String toString() {
        return "Session until " + until;
    }
}
