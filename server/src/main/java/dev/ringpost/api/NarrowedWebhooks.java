package dev.ringpost.api;

import dev.ringpost.store.Page;
import dev.ringpost.store.PageRequest;
import dev.ringpost.store.Records;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The list of the webhooks that a portal link names; they are few, and each is read by its number. */
final class NarrowedWebhooks {
    private NarrowedWebhooks() {}

    /** As {@link Records#webhooks}, of these only. */
    static Page<Webhook> page(
            Records records,
            long account,
            Set<Long> only,
            WebhookKind kind,
            @Nullable WebhookStatus status,
            PageRequest asked) {
        List<Webhook> all = only.stream()
                .map(no -> records.webhook(account, no))
                .flatMap(Optional::stream)
                .filter(webhook -> webhook.kind() == kind && (status == null || webhook.status() == status))
                .sorted(Comparator.comparingLong(Webhook::no).reversed())
                .toList();
        return switch (asked) {
            case PageRequest.Offset(int limit, int offset) -> cut(all.stream().skip(offset), limit, all.size());
            case PageRequest.Cursor(int limit, Long before) ->
                cut(all.stream().filter(webhook -> before == null || webhook.no() < before), limit, -1);
        };
    }

    private static Page<Webhook> cut(Stream<Webhook> rest, int limit, long total) {
        List<Webhook> items = rest.limit(limit + 1L).toList();
        boolean more = items.size() > limit;
        return new Page<>(more ? items.subList(0, limit) : items, total, more);
    }
}
