package dev.ringpost.webhook;

import dev.ringpost.call.CallSpec;
import dev.ringpost.call.CallWebhook;
import dev.ringpost.call.EventType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoints an event of a call goes to.
 *
 * @param accountWebhooks those of kind {@code account} that the call's account has, inactive ones included
 */
public record Subscriptions(List<Webhook> accountWebhooks) {

    /**
     * The endpoints that get a delivery of the event: each is active and wants it. Where an account webhook with the
     * URL of the call's own webhook gets it, the call's own does not.
     *
     * @param own the endpoint of the call's own webhook; null where the call has none, or it was deleted
     */
    public List<Webhook> receivers(CallSpec call, @Nullable Webhook own, EventType type) {
        List<Webhook> receivers = new ArrayList<>();
        boolean ownIsDoubled = false;
        for (Webhook webhook : accountWebhooksOf(call)) {
            if (webhook.isActive() && wants(webhook, call, type)) {
                receivers.add(webhook);
                ownIsDoubled |= own != null && own.url().equals(webhook.url());
            }
        }
        if (own != null && own.isActive() && !ownIsDoubled && ownWants(own, call, type)) {
            receivers.add(own);
        }
        return receivers;
    }

    /**
     * The endpoints where partials of the call may wait: all that want them, paused ones too, for they may have been
     * active when the partial was made.
     */
    public List<Webhook> partialHolders(CallSpec call, @Nullable Webhook own) {
        List<Webhook> holders = new ArrayList<>();
        for (Webhook webhook : accountWebhooksOf(call)) {
            if (wants(webhook, call, EventType.TRANSCRIPT_PARTIAL)) {
                holders.add(webhook);
            }
        }
        if (own != null && ownWants(own, call, EventType.TRANSCRIPT_PARTIAL)) {
            holders.add(own);
        }
        return holders;
    }

    private List<Webhook> accountWebhooksOf(CallSpec call) {
        CallWebhook own = call.webhook();
        return own != null && own.mode() == CallWebhook.Mode.INSTEAD ? List.of() : accountWebhooks;
    }

    private static boolean ownWants(Webhook own, CallSpec call, EventType type) {
        CallWebhook asked = call.webhook();
        return asked != null && asked.events().contains(type) && wants(own, call, type);
    }

    private static boolean wants(Webhook webhook, CallSpec call, EventType type) {
        WebhookOptions options = webhook.options();
        return webhook.events().contains(type)
                && (options.agentIds().isEmpty() || options.agentIds().contains(call.agentId()))
                && (options.directions().isEmpty() || options.directions().contains(call.direction()));
    }
}
