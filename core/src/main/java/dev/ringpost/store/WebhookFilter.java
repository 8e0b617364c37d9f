package dev.ringpost.store;

import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookStatus;
import org.jspecify.annotations.Nullable;

/**
 * Which webhooks; null: any.
 *
 * @param failing whether the last attempt failed
 */
public record WebhookFilter(
        WebhookKind kind,
        @Nullable WebhookStatus status,
        @Nullable Boolean failing) {
    /** All of a kind. */
    public WebhookFilter(WebhookKind kind) {
        this(kind, null, null);
    }
}
