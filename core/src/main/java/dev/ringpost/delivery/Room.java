package dev.ringpost.delivery;

import dev.ringpost.webhook.Webhook;

/**
 * How many deliveries may be in memory. What finds no room waits in the store, which writes it there, reads it and deletes
 * it again: so a burst for an endpoint that answers soon is taken whole where others leave room.
 */
final class Room {
    private static final int LEAST = 64;
    private static final int TIMES_IN_FLIGHT = 8;
    private static final int TIMES_IN_A_BURST = 8;

    private final int bursts;
    private int taken;

    /** @param bursts how many there may be of all lanes for a burst to find room */
    Room(int bursts) {
        this.bursts = bursts;
    }

    /** Of a lane. */
    static int of(Webhook webhook) {
        return Math.max(LEAST, TIMES_IN_FLIGHT * webhook.options().maxInFlight());
    }

    /** Of a lane whose endpoint answers soon, for what arrives. */
    int ofBurst(Webhook webhook) {
        return taken < bursts ? TIMES_IN_A_BURST * of(webhook) : of(webhook);
    }

    void taken() {
        taken++;
    }

    void givenBack() {
        taken--;
    }
}
