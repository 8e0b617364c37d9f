package dev.ringpost.delivery;

import org.jspecify.annotations.Nullable;

/**
 * A change that the engine wants committed. Changes of one endpoint are committed in the order they were asked for. A
 * change finds its delivery, in whichever place it stands, by the attempts it had before: so the same change again does
 * nothing.
 */
public sealed interface LaneWrite {
    long endpoint();

    /**
     * The delivery ends.
     *
     * @param attempts how many attempts were made, the last one included
     * @param result the attempt that ended it; null where it ended without one
     */
    record Finish(
            Delivery delivery,
            int attempts,
            DeliveryEnd end,
            @Nullable AttemptResult result) implements LaneWrite {
        public int attemptsBefore() {
            return result == null ? attempts : attempts - 1;
        }

        @Override
        public long endpoint() {
            return delivery.endpoint();
        }
    }

    /**
     * An attempt failed and another is planned. The lane's {@code nextAt} becomes no later than {@code dueAt}, and its
     * {@code highCall} no lower than the delivery's call, with the same commit: a crash right after it forgets neither to
     * wake up nor what has to wait behind it.
     *
     * @param rank where it stands from now on
     * @param attempts how many attempts were made, this one included
     * @param step which pause of the retry schedule comes before the next one, from 0
     * @param dueAt when that is, in milliseconds since 1970
     * @param failedAt when the attempt failed, in milliseconds since 1970
     */
    record Retry(Delivery delivery, Rank rank, int attempts, int step, long dueAt, long failedAt, AttemptResult result)
            implements LaneWrite {
        public int attemptsBefore() {
            return attempts - 1;
        }

        @Override
        public long endpoint() {
            return delivery.endpoint();
        }
    }

    /**
     * A fresh delivery finds no room in memory: it becomes untried in the queue. The lane's {@code nextAt} becomes 0 and
     * its {@code highCall} no lower than the delivery's call, with the same commit.
     */
    record Spill(Delivery delivery) implements LaneWrite {
        @Override
        public long endpoint() {
            return delivery.endpoint();
        }
    }

    /** What to remember of the lane over a restart. */
    record Save(LaneState state) implements LaneWrite {
        @Override
        public long endpoint() {
            return state.endpoint();
        }
    }
}
