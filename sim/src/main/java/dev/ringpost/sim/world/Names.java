package dev.ringpost.sim.world;

import dev.ringpost.delivery.Backlogged;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.webhook.Webhook;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Short names for long numbers, in the order in which they turn up, for people who read traces. */
final class Names {
    private final Map<Long, Integer> calls = new HashMap<>();
    private final Map<Long, Integer> endpoints = new HashMap<>();
    private int unplanned = 100;

    void endpoint(long no, int index) {
        endpoints.put(no, index);
    }

    String of(Delivery delivery) {
        return delivery.type().wireName() + " (call " + callNumber(delivery.call()) + ", " + delivery.sequence()
                + ") -> webhook " + endpointNumber(delivery.endpoint());
    }

    String of(LaneWrite write) {
        return switch (write) {
            case LaneWrite.Finish finish ->
                "%s ends as %s after %d".formatted(of(finish.delivery()), finish.end(), finish.attempts());
            case LaneWrite.Retry retry ->
                "%s again at %s as %s"
                        .formatted(of(retry.delivery()), Instant.ofEpochMilli(retry.dueAt()), retry.rank());
            case LaneWrite.Spill spill -> "%s out of memory".formatted(of(spill.delivery()));
            case LaneWrite.Save save -> "%s as it is".formatted(endpoint(save.endpoint()));
        };
    }

    String of(Webhook webhook) {
        return "%s is %s, %d types, %s, %d at once"
                .formatted(
                        endpoint(webhook.no()),
                        webhook.status(),
                        webhook.events().size(),
                        webhook.options().ordering(),
                        webhook.options().maxInFlight());
    }

    String of(Backlogged head) {
        return "%s: %d untried, %d tried, %d replayed, %d asked"
                .formatted(
                        endpoint(head.endpoint()),
                        head.untried().rows().size(),
                        head.tried().rows().size(),
                        head.replayed().rows().size(),
                        head.asked().rows().size());
    }

    String endpoint(long no) {
        return "webhook " + endpointNumber(no);
    }

    /** From 100 on for those that the plan does not begin with. */
    private int endpointNumber(long no) {
        return endpoints.computeIfAbsent(no, unknown -> unplanned++);
    }

    private int callNumber(long no) {
        Integer known = calls.get(no);
        if (known == null) {
            known = calls.size();
            calls.put(no, known);
        }
        return known;
    }
}
