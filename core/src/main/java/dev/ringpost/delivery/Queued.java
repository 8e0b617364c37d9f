package dev.ringpost.delivery;

/**
 * A delivery as it stands in the store's queue.
 *
 * @param dueAt when it may run, in milliseconds since 1970; 0: as soon as its turn comes
 * @param attempts made so far
 * @param step the pause of the retry schedule that a further failure is followed by, from 0
 * @param replay the number of the replay that it belongs to; 0: none
 */
public record Queued(Delivery delivery, Rank rank, long dueAt, int attempts, int step, long replay) {
    public Queued(Delivery delivery, Rank rank, long dueAt, int attempts, int step) {
        this(delivery, rank, dueAt, attempts, step, 0);
    }
}
