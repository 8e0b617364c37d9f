package dev.ringpost.intake;

import dev.ringpost.call.CallSpec;
import dev.ringpost.call.CallWebhook;
import dev.ringpost.store.Transaction;
import dev.ringpost.webhook.Subscriptions;
import dev.ringpost.webhook.Webhook;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The endpoints that a batch needs, each asked for once. */
final class Endpoints {
    private final Transaction tx;
    private final Map<Long, Subscriptions> byAccount = new HashMap<>();
    private final Map<Long, Optional<Webhook>> byNumber = new HashMap<>();
    private final Map<AccountUrl, Webhook> byUrl = new HashMap<>();

    private record AccountUrl(long account, String url) {}

    Endpoints(Transaction tx) {
        this.tx = tx;
    }

    Subscriptions ofAccount(long account) {
        return byAccount.computeIfAbsent(account, tx::subscriptions);
    }

    /** Those with these numbers, in their order, without those that were deleted. */
    List<Webhook> live(List<Long> numbers) {
        List<Long> unknown =
                numbers.stream().filter(no -> !byNumber.containsKey(no)).toList();
        if (!unknown.isEmpty()) {
            Map<Long, Webhook> found = tx.webhooks(unknown);
            unknown.forEach(no -> byNumber.put(no, Optional.ofNullable(found.get(no))));
        }
        return numbers.stream().map(byNumber::get).flatMap(Optional::stream).toList();
    }

    /** The endpoint of the call's own webhook; null where it has none, or it was deleted. */
    @Nullable
    Webhook ofCall(CallSpec spec) {
        CallWebhook webhook = spec.webhook();
        return webhook == null
                ? null
                : live(List.of(webhook.endpoint())).stream().findFirst().orElse(null);
    }

    /** Gives the webhook of a new call its endpoint. */
    CallSpec resolve(long account, CallSpec spec) {
        CallWebhook asked = spec.webhook();
        if (asked == null) {
            return spec;
        }
        Webhook endpoint = byUrl.computeIfAbsent(
                new AccountUrl(account, asked.url()), key -> tx.callWebhook(key.account(), key.url()));
        byNumber.put(endpoint.no(), Optional.of(endpoint));
        return spec.withWebhook(asked.withEndpoint(endpoint.no()));
    }
}
