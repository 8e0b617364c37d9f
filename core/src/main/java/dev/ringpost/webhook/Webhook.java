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
 * @param secrets newest first; the account's where {@link WebhookKind#isSignedByAccount}
 * @param updatedAt of two states of a webhook the later one is known by it; a rotation of the account's secrets
 *     counts as well where they sign
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

    /** How new deliveries are signed; a receiver may still verify an older signature during a rotation. */
    public Signature signature() {
        return SigningSecret.current(secrets).signature();
    }

    /** When a change that is made now counts as made: later than any before it, whatever the clock says. */
    public Instant nextUpdate(Instant now) {
        Instant next = updatedAt.plusMillis(1);
        return now.isAfter(next) ? now : next;
    }

    /** Set inactive by Ringpost itself. */
    public Webhook disabled(String reason, Instant now) {
        return new Webhook(
                no,
                account,
                kind,
                name,
                url,
                events,
                WebhookStatus.INACTIVE,
                reason,
                options,
                secrets,
                createdAt,
                nextUpdate(now));
    }

    /** With a new secret of its own; not where the account's secrets sign. */
    public Webhook rotated(Rotation rotation, Instant now) {
        return new Webhook(
                no,
                account,
                kind,
                name,
                url,
                events,
                status,
                disabledReason,
                options,
                rotation.after(secrets, now),
                createdAt,
                nextUpdate(now));
    }
}
