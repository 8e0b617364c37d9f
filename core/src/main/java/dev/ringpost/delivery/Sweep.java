package dev.ringpost.delivery;

import dev.ringpost.call.EventType;
import java.util.Set;

/**
 * Something that has to be done to all that waits, which may be millions: it is committed with the change that asks for
 * it, done in slices, and taken up again after a crash.
 */
public sealed interface Sweep {
    /** Grows with time: what came to wait later has greater event numbers, or failed later. */
    long no();

    long account();

    /** The receiver is said to work again: what waits for its time at this endpoint is due now. */
    record Repair(long no, long account, long endpoint) implements Sweep {}

    /** Some of what waits ends. */
    sealed interface Cancel extends Sweep {
        boolean covers(Delivery delivery, long replay);
    }

    /** The endpoint no longer wants these types of event. */
    record Unsubscribed(long no, long account, long endpoint, Set<EventType> types) implements Cancel {
        @Override
        public boolean covers(Delivery delivery, long replay) {
            return delivery.endpoint() == endpoint && delivery.event() < no && types.contains(delivery.type());
        }
    }

    /** The call is erased. */
    record Erased(long no, long account, long call) implements Cancel {
        @Override
        public boolean covers(Delivery delivery, long replay) {
            return delivery.call() == call;
        }
    }

    /** The replay is cancelled. */
    record ReplayCancelled(long no, long account, long endpoint, long replay) implements Cancel {
        @Override
        public boolean covers(Delivery delivery, long ofReplay) {
            return ofReplay == replay;
        }
    }
}
