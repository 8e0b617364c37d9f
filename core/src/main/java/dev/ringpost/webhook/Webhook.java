package dev.ringpost.webhook;

import dev.ringpost.call.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint: where events of an account go, and how.
 *
 * @param disabledReason why Ringpost itself set it inactive; null where it did not
 * @param secrets the valid ones; for kind {@code call} the account's
 */
public record Webhook(
        long no,
        long account,
        WebhookKind kind,
        String name,
        String url,
        Set<EventType> events,
        WebhookStatus status,
        @Nullable String disabledReason,
        WebhookOptions options,
        List<SigningSecret> secrets,
        Instant createdAt,
        Instant updatedAt) {
    public boolean isActive() {
        return status == WebhookStatus.ACTIVE;
    }

    /** Set inactive by Ringpost itself. */
    public Webhook disabled(String reason, Instant now) {
        return new Webhook(
                no, account, kind, name, url, events, WebhookStatus.INACTIVE, reason, options, secrets, createdAt, now);
    }
}
