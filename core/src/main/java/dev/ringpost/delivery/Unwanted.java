package dev.ringpost.delivery;

import dev.ringpost.call.EventType;
import dev.ringpost.webhook.Webhook;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which deliveries are not worth an attempt any more. */
final class Unwanted {
    private final List<Sweep.Cancel> sweeps = new ArrayList<>();

    void add(Sweep.Cancel sweep) {
        if (!sweeps.contains(sweep)) {
            sweeps.add(sweep);
        }
    }

    void remove(Sweep.Cancel sweep) {
        sweeps.remove(sweep);
    }

    boolean isEmpty() {
        return sweeps.isEmpty();
    }

    /** How the delivery ends instead of being tried; null where it is tried. */
    @Nullable
    DeliveryEnd endOf(Entry entry, Webhook webhook, long now) {
        Delivery delivery = entry.delivery;
        if (!webhook.events().contains(delivery.type())
                || sweeps.stream().anyMatch(sweep -> sweep.covers(delivery, entry.replay))) {
            return DeliveryEnd.CANCELLED;
        }
        return entry.overtaken || isStale(entry, now) ? DeliveryEnd.SUPERSEDED : null;
    }

    /** A partial that is too old to be worth an attempt at this time. */
    static boolean isStale(Entry entry, long at) {
        return entry.delivery.type() == EventType.TRANSCRIPT_PARTIAL
                && at - entry.bornAt > RetryPolicy.PARTIAL_LIFE.toMillis();
    }
}
