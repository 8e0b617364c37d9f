package dev.ringpost.sim.world;

import dev.ringpost.delivery.Delivery;
import java.util.HashMap;
import java.util.Map;

/** Short names for long numbers, in the order in which they turn up, for people who read traces. */
final class Names {
    private final Map<Long, Integer> calls = new HashMap<>();
    private final Map<Long, Integer> endpoints = new HashMap<>();

    void endpoint(long no, int index) {
        endpoints.put(no, index);
    }

    String of(Delivery delivery) {
        return delivery.type().wireName() + " (call " + number(calls, delivery.call()) + ", " + delivery.sequence()
                + ") -> webhook " + number(endpoints, delivery.endpoint());
    }

    String endpoint(long no) {
        return "webhook " + number(endpoints, no);
    }

    private static int number(Map<Long, Integer> numbers, long no) {
        Integer known = numbers.get(no);
        if (known == null) {
            known = numbers.size();
            numbers.put(no, known);
        }
        return known;
    }
}
