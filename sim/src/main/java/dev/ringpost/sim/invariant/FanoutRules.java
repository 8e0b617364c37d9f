package dev.ringpost.sim.invariant;

import dev.ringpost.call.CallSpec;
import dev.ringpost.call.CallWebhook;
import dev.ringpost.store.Event;
import dev.ringpost.webhook.Webhook;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who gets an event. */
public final class FanoutRules {
    private FanoutRules() {}

    /**
     * Written a second time here, from the contract and as short as it can be.
     *
     * @param own the endpoint of the call's own webhook; null where it has none, or it was deleted
     * @param got the endpoints that a delivery was made for
     */
    public static void everySubscriberGetsADelivery(
            Event event, CallSpec call, Collection<Webhook> accountWebhooks, @Nullable Webhook own, Set<Long> got) {
        CallWebhook asked = call.webhook();
        Set<Long> expected = new HashSet<>();
        boolean same = false;
        if (asked == null || asked.mode() == CallWebhook.Mode.IN_ADDITION) {
            for (Webhook webhook : accountWebhooks) {
                if (webhook.isActive() && webhook.events().contains(event.type())) {
                    expected.add(webhook.no());
                    same |= own != null && own.url().equals(webhook.url());
                }
            }
        }
        if (asked != null
                && own != null
                && own.isActive()
                && !same
                && asked.events().contains(event.type())
                && own.events().contains(event.type())) {
            expected.add(own.no());
        }
        if (!expected.equals(got)) {
            throw new Broken("everySubscriberGetsADelivery", event + " goes to " + got + ", not to " + expected);
        }
    }
}
