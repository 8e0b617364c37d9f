package dev.ringpost.store.memory;

import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import java.time.Instant;

/** Endpoints of calls that nobody needs any more. */
record IdleWebhooks(MemoryStore store) {
    boolean delete(Webhook webhook, Instant since) {
        Webhook current = store.endpoints.live.get(webhook.no());
        return current != null
                && current.kind() == WebhookKind.CALL
                && current.updatedAt().isBefore(since)
                && !isNeeded(webhook.no(), since)
                && store.endpoints.delete(current.account(), current.no());
    }

    private boolean isNeeded(long no, Instant since) {
        boolean called = store.calls.rows.all().stream().anyMatch(call -> {
            var own = call.spec().webhook();
            return own != null && own.endpoint() == no && !call.status().isOver();
        });
        boolean used = store.log.rows.all().stream().anyMatch(row -> row.endpoint() == no && isSince(row, since));
        boolean waits = !store.deliveries.queue(no).isEmpty()
                || store.deliveries.fresh.all().stream().anyMatch(delivery -> delivery.endpoint() == no);
        return called || used || waits;
    }

    private static boolean isSince(LoggedAttempt row, Instant since) {
        return !row.completedAt().isBefore(since);
    }
}
