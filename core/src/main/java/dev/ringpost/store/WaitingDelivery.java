package dev.ringpost.store;

import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.Rank;
import java.time.Instant;

/**
 * A delivery that has not ended.
 *
 * @param attempts made so far
 * @param dueAt when it is due, or was: since it was made, where it was never tried
 * @param behind what of its call stands before it in the queue
 */
public record WaitingDelivery(Delivery delivery, Rank rank, int attempts, Instant dueAt, Behind behind) {
    /** What of its call waits before it. */
    public enum Behind {
        NOTHING,
        /** An earlier event that was tried. */
        TRIED,
        /** An earlier event that was never tried. */
        UNTRIED
    }
}
