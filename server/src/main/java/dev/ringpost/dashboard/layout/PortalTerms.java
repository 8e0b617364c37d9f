package dev.ringpost.dashboard.layout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What GET /v1/key says of a portal link.
 *
 * @param webhookScope the only webhooks that it shows; null: all of the account
 */
public record PortalTerms(@Nullable List<String> webhookScope, String expiresAt, Theme theme) {
    /**
     * @param mode {@code light} or {@code dark}
     * @param accent as {@code #rrggbb}
     * @param background as {@code #rrggbb}
     */
    public record Theme(
            @Nullable String mode,
            @Nullable String accent,
            @Nullable String background) {}
}
