package dev.ringpost.dashboard.layout;

import org.jspecify.annotations.Nullable;

/**
 * What GET /v1/key says.
 *
 * @param id null for a portal link
 * @param portalLink null where a key asks
 */
public record OwnKey(
        @Nullable String id,
        String scope,
        @Nullable String name,
        String accountId,
        String accountName,
        @Nullable PortalTerms portalLink) {
    /** May change webhooks and see secrets. */
    public boolean manages() {
        return scope.equals("operator") || scope.equals("full") || scope.equals("manage");
    }

    public boolean operates() {
        return scope.equals("operator");
    }
}
