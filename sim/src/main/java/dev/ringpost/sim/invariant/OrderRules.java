package dev.ringpost.sim.invariant;

import dev.ringpost.webhook.Ordering;
import java.util.Collection;
import java.util.List;

/** In which order a call's events go out. */
final class OrderRules {
    /** What is new and may go goes first, before a replay's of which nobody asked for just this one. */
    void aReplayGoesBehindWhatIsNew(Life life, Fate replayed, Collection<Fate> all) {
        if (replayed.isAsked()) {
            return;
        }
        for (Fate other : all) {
            boolean waits = other.waits() && other.row == null && other.inFlight == null && other.ending != life;
            if (waits
                    && other.finished == 0
                    && other.toldTo == life
                    && other.spilled == null
                    && other.delivery.endpoint() == replayed.delivery.endpoint()
                    && life.known(other.delivery.endpoint())
                            .filter(webhook -> webhook.options().ordering() == Ordering.NONE)
                            .isPresent()) {
                throw new Broken("aReplayGoesBehindWhatIsNew", replayed + " goes before " + other);
            }
        }
    }

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
                throw new Broken(
                        "eachOrderingModeHolds", ordering + " in " + life + ": " + fate + " goes before " + earlier);
            }
        }
    }
}
