package dev.ringpost.portal;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a portal link allows, to whoever has it.
 *
 * @param account whose pages it opens
 * @param keyHash the lower-case hex SHA-256 of the key that made it: the link ends with that key
 * @param until when it ends, in whole seconds
 * @param webhooks the numbers of the only webhooks that it shows; null: all of the account
 */
public record PortalLink(
        long account,
        String keyHash,
        Instant until,
        PortalAccess access,
        @Nullable Set<Long> webhooks,
        PortalTheme theme) {
    /** So many webhooks can be named, so that the link stays one that browsers and proxies take. */
    public static final int MOST_WEBHOOKS = 50;

    public PortalLink {
        webhooks = webhooks == null ? null : Set.copyOf(webhooks);
    }

    public boolean hasEnded(Instant now) {
        return !now.isBefore(until);
    }

    /** Never the key's hash: it must not reach a log. */
    @Override
    public String toString() {
        return "PortalLink until " + until;
    }
}
