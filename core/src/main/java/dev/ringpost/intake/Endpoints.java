package dev.ringpost.intake;

import dev.ringpost.call.CallSpec;
import dev.ringpost.call.CallWebhook;
import dev.ringpost.store.Transaction;
import dev.ringpost.webhook.Subscriptions;
import dev.ringpost.webhook.Webhook;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The endpoints that a batch needs, each asked for once. */
final class Endpoints {
    private final Transaction tx;
    private final Map<Long, Subscriptions> byAccount = new HashMap<>();
    private final Map<Long, Optional<Webhook>> ofCalls = new HashMap<>();
    private final Map<AccountUrl, Webhook> byUrl = new HashMap<>();

    private record AccountUrl(long account, String url) {}

    Endpoints(Transaction tx) {
        this.tx = tx;
    }

    Subscriptions ofAccount(long account) {
        return byAccount.computeIfAbsent(account, no -> new Subscriptions(tx.accountWebhooks(no)));
    }

    /** The endpoint of the call's own webhook; null where it has none, or it was deleted. */
    @Nullable
    Webhook ofCall(CallSpec spec) {
        CallWebhook webhook = spec.webhook();
        return webhook == null
                ? null
                : ofCalls.computeIfAbsent(webhook.endpoint(), tx::webhook).orElse(null);
    }

    /** Gives the webhook of a new call its endpoint. */
    CallSpec resolve(long account, CallSpec spec) {
        CallWebhook asked = spec.webhook();
        if (asked == null) {
            return spec;
        }
        Webhook endpoint = byUrl.computeIfAbsent(
                new AccountUrl(account, asked.url()), key -> tx.callWebhook(key.account(), key.url()));
        ofCalls.put(endpoint.no(), Optional.of(endpoint));
        return spec.withWebhook(asked.withEndpoint(endpoint.no()));
    }
}
