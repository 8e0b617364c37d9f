package dev.ringpost.delivery;

import dev.ringpost.webhook.Webhook;
import org.jspecify.annotations.Nullable;

/** Something about an endpoint that the people who run Ringpost want to hear of. */
public sealed interface Notice {
    Webhook webhook();

    /**
     * Its breaker opened: deliveries are held back.
     *
     * @param failures consecutive failed attempts
     * @param error why the last one failed
     */
    record Failing(Webhook webhook, int failures, @Nullable String error) implements Notice {}

    /** An attempt succeeded after its breaker had been open. */
    record Recovered(Webhook webhook) implements Notice {}

    /** A delivery gave up: its schedule has no further attempt. */
    record Exhausted(
            Webhook webhook,
            Delivery delivery,
            int attempts,
            @Nullable String error) implements Notice {}

    /** Ringpost set it inactive; {@link Webhook#disabledReason} says why. */
    record Disabled(Webhook webhook) implements Notice {}
}
