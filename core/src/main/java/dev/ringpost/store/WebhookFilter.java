package dev.ringpost.store;

import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookStatus;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which webhooks; null: any.
 *
 * @param failing whether the last attempt failed
 * @param numbers one of these; empty: none
 */
public record WebhookFilter(
        WebhookKind kind,
        @Nullable WebhookStatus status,
        @Nullable Boolean failing,
        @Nullable Set<Long> numbers) {
    /** All of a kind. */
    public WebhookFilter(WebhookKind kind) {
        this(kind, null, null, null);
    }
}
