package dev.ringpost.store;

import dev.ringpost.delivery.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * What became of an event at an endpoint.
 *
 * @param last the newest row of its log; null where it was never a delivery
 * @param isFinal that row ended it
 * @param waits it is a delivery that has not ended
 */
public record PastEvent(Delivery delivery, LoggedAttempt.@Nullable Status last, boolean isFinal, boolean waits) {}
