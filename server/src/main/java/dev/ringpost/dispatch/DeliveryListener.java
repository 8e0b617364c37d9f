package dev.ringpost.dispatch;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.Effect;
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
        public void begins(Effect.Send send, Instant now) {}

        @Override
        public void attempted(Effect.Send send, AttemptResult result, Instant now) {}

        @Override
        public void ended(LaneWrite.Finish end, Instant now) {}
    };

    /** An attempt is about to be made. */
    void begins(Effect.Send send, Instant now);

    /** An attempt ended. It is not committed yet. */
    void attempted(Effect.Send send, AttemptResult result, Instant now);

    /** A delivery ended; that is committed. */
    void ended(LaneWrite.Finish end, Instant now);

    /** Both are told, this one first. */
    default DeliveryListener and(DeliveryListener second) {
        DeliveryListener first = this;
        return new DeliveryListener() {
            @Override
            public void begins(Effect.Send send, Instant now) {
                first.begins(send, now);
                second.begins(send, now);
            }

            @Override
            public void attempted(Effect.Send send, AttemptResult result, Instant now) {
                first.attempted(send, result, now);
                second.attempted(send, result, now);
            }

            @Override
            public void ended(LaneWrite.Finish end, Instant now) {
                first.ended(end, now);
                second.ended(end, now);
            }
        };
    }
}
