package dev.ringpost.intake;

import dev.ringpost.delivery.Delivery;
import dev.ringpost.webhook.Webhook;

/**
 * Deliveries that a batch made, for the engine once the batch is committed.
 *
 * @param supersedesPartials not a delivery to make: the endpoint doesn't get this event, but partials of the call that
 *     still wait there have been overtaken by it
 */
public record Committed(Delivery delivery, Webhook webhook, byte[] payload, boolean supersedesPartials) {}
