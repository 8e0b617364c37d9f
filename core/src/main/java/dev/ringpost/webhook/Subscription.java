package dev.ringpost.webhook;

import dev.ringpost.call.CallSpec;
import dev.ringpost.call.Direction;
import dev.ringpost.call.EventType;
import java.util.Set;

/**
 * What decides whether a webhook gets an event: less than the webhook, and without its secrets.
 *
 * @param webhook its number
 * @param agentIds only calls of these agents; empty: all
 * @param directions only calls of these directions; empty: all
 */
public record Subscription(
        long webhook, boolean active, Set<EventType> events, Set<String> agentIds, Set<Direction> directions) {
    public static Subscription of(Webhook webhook) {
        WebhookOptions options = webhook.options();
        return new Subscription(
                webhook.no(), webhook.isActive(), webhook.events(), options.agentIds(), options.directions());
    }

    /** Whether it is active or not. */
    boolean wants(CallSpec call, EventType type) {
        return events.contains(type)
                && (agentIds.isEmpty() || agentIds.contains(call.agentId()))
                && (directions.isEmpty() || directions.contains(call.direction()));
    }
}
