package dev.ringpost.delivery;

import java.time.Duration;

/**
 * How long an endpoint's attempts take: one that is slow holds its slots for long, whatever it answers in the end. It is
 * slow as well while it has been asked and has answered nothing for a second, so that one that falls silent is known
 * before its first deadline. Times are milliseconds since 1970.
 */
final class Pace {
    /** Endpoints that take longer than this draw on the slots of the slow ones. */
    static final long SLOW = 1_000;

    /** An attempt changes the mean by this part of its difference from it. */
    private static final double WEIGHT = 0.25;

    private double mean = -1;
    private int inFlight;
    private long silentSince;

    void started(long now) {
        if (inFlight == 0) {
            silentSince = now;
        }
        inFlight++;
    }

    void ended(long now, Duration took) {
        inFlight--;
        silentSince = now;
        mean = mean < 0 ? took.toMillis() : mean + WEIGHT * (took.toMillis() - mean);
    }

    boolean isSlow(long now) {
        return mean > SLOW || (inFlight > 0 && now - silentSince > SLOW);
    }
}
