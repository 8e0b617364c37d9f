package dev.ringpost.delivery;

/**
 * A delivery as it stands in the store.
 *
 * @param attempts made so far
 * @param step the pause of the retry schedule that a further failure is followed by, from 0
 */
public record Queued(Delivery delivery, Place place, int attempts, int step) {
    /** When it may run, in milliseconds since 1970: 0 for what was never tried. */
    public long dueAt() {
        return place instanceof Place.Tried(long dueAt) ? dueAt : 0;
    }
}
