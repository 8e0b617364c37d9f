package dev.ringpost.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much waits for delivery.
 *
 * @param fresh deliveries not yet tried that the engine is about to try: many or old ones mean that it can't keep up
 * @param queue deliveries that failed and are due again, or are held back by a breaker, a pause or a limit
 */
public record BacklogSize(Part fresh, Part queue) {
    /**
     * @param deliveries how many
     * @param oldest when the event of the oldest was fired; null where there is none
     */
    public record Part(long deliveries, @Nullable Instant oldest) {}
}
