package dev.ringpost.dispatch;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.LaneWrite;
import java.time.Instant;

/**
 * Is told what becomes of deliveries, on the event loops: it must be quick, and it must not throw. Tests of a webhook are
 * no deliveries.
 */
public interface DeliveryListener {
    /** Wants to know nothing. */
    DeliveryListener NONE = new DeliveryListener() {
        @Override
        public void begins(Delivery delivery, int attempt, Instant now) {}

        @Override
        public void attempted(Delivery delivery, int attempt, AttemptResult result, Instant now) {}

        @Override
        public void ended(LaneWrite.Finish end, Instant now) {}
    };

    /** An attempt is about to be made; they count from 1. */
    void begins(Delivery delivery, int attempt, Instant now);

    /** An attempt ended. It is not committed yet. */
    void attempted(Delivery delivery, int attempt, AttemptResult result, Instant now);

    /** A delivery ended; that is committed. */
    void ended(LaneWrite.Finish end, Instant now);

    /** Both are told, this one first. */
    default DeliveryListener and(DeliveryListener second) {
        DeliveryListener first = this;
        return new DeliveryListener() {
            @Override
            public void begins(Delivery delivery, int attempt, Instant now) {
                first.begins(delivery, attempt, now);
                second.begins(delivery, attempt, now);
            }

            @Override
            public void attempted(Delivery delivery, int attempt, AttemptResult result, Instant now) {
                first.attempted(delivery, attempt, result, now);
                second.attempted(delivery, attempt, result, now);
            }

            @Override
            public void ended(LaneWrite.Finish end, Instant now) {
                first.ended(end, now);
                second.ended(end, now);
            }
        };
    }
}
