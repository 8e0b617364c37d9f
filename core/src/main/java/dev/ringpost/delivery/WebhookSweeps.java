package dev.ringpost.delivery;

import dev.ringpost.call.EventType;
import dev.ringpost.id.NumberSource;
import dev.ringpost.webhook.Webhook;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** What a change of a webhook does to what waits for it. */
public final class WebhookSweeps {
    private final NumberSource numbers;

    public WebhookSweeps(NumberSource numbers) {
        this.numbers = numbers;
    }

    /** @param saysActive the change names the status {@code active}, whatever it was */
    public List<Sweep> of(Webhook before, Webhook after, boolean saysActive) {
        List<Sweep> sweeps = new ArrayList<>();
        EnumSet<EventType> removed = EnumSet.copyOf(before.events());
        removed.removeAll(after.events());
        if (!removed.isEmpty()) {
            sweeps.add(new Sweep.Unsubscribed(numbers.next(), after.account(), after.no(), removed));
        }
        if (saysActive || !before.url().equals(after.url())) {
            sweeps.add(repair(after));
        }
        return sweeps;
    }

    public Sweep repair(Webhook webhook) {
        return new Sweep.Repair(numbers.next(), webhook.account(), webhook.no());
    }
}
