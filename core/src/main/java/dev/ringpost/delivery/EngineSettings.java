package dev.ringpost.delivery;

/**
 * The bounds of one engine.
 *
 * @param slots attempts in flight to all endpoints together
 * @param maxUnrecorded results that are not committed yet; at that many nothing more is sent, so that a crash repeats no
 *     more attempts than this and what was in flight
 * @param bursts deliveries in memory of all endpoints together: below that a burst for an endpoint that answers soon is
 *     taken whole
 * @param lanes that stay for a minute once they have nothing to do: where there are more, such a lane is saved and goes at
 *     once, unless it has a rate limit
 */
public record EngineSettings(int slots, int maxUnrecorded, int bursts, int lanes) {
    public static final EngineSettings DEFAULT = new EngineSettings(1024, 2048, 16_384, 4096);
}
