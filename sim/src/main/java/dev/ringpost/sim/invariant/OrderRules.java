package dev.ringpost.sim.invariant;

import dev.ringpost.webhook.Ordering;
import java.util.List;

/** In which order a call's events go out. */
final class OrderRules {
    /** @param before what the call has at this endpoint before it */
    void judge(Life life, Fate fate, List<Fate> before, Ordering ordering, boolean owns) {
        boolean free = ordering == Ordering.NONE || fate.outOfOrder || fate.attempts() > 0 || !owns;
        if (free) {
            return;
        }
        for (Fate earlier : before) {
            boolean over = !earlier.waits() || earlier.ending == life || earlier.outOfOrder;
            boolean tried = earlier.finished > 0;
            if (!over && !(ordering == Ordering.CALL && tried)) {
                throw new Broken("eachOrderingModeHolds", ordering + ": " + fate + " goes before " + earlier);
            }
        }
    }
}
