package dev.ringpost.delivery;

import dev.ringpost.call.EventType;

/**
 * One event on its way to one endpoint. The payload stays with the event.
 *
 * @param event the event's number; for one endpoint it names the delivery
 * @param call the call's number; deliveries of a call are ordered by event number
 */
public record Delivery(long event, long endpoint, long account, long call, int sequence, EventType type) {}
