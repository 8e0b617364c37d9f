package dev.ringpost.store.memory;

import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.Queued;

/** What a transaction did to a delivery, for who watches the store. */
public sealed interface DeliveryChange {
    Delivery delivery();

    /** It is new, and fresh. */
    record Made(Delivery delivery) implements DeliveryChange {}

    /**
     * It stands in the queue now.
     *
     * @param failedAt when its last attempt failed, 0: none did since it came there
     * @param again it had ended
     */
    record Waits(Queued row, long failedAt, boolean again) implements DeliveryChange {
        @Override
        public Delivery delivery() {
            return row.delivery();
        }
    }

    /** It stands in the log only. */
    record Ended(Delivery delivery, DeliveryEnd end) implements DeliveryChange {}
}
