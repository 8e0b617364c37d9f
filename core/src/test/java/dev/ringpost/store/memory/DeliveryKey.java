package dev.ringpost.store.memory;

import dev.ringpost.delivery.Delivery;

/** By which a delivery is known. */
public record DeliveryKey(long event, long endpoint) implements Comparable<DeliveryKey> {
    public static DeliveryKey of(Delivery delivery) {
        return new DeliveryKey(delivery.event(), delivery.endpoint());
    }

    @Override
    public int compareTo(DeliveryKey other) {
        int byEvent = Long.compare(event, other.event);
        return byEvent != 0 ? byEvent : Long.compare(endpoint, other.endpoint);
    }

    @Override
    public int hashCode() {
        long mixed = (event * 31 + endpoint) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }
}
