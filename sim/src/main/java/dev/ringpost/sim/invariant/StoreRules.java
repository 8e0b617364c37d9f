package dev.ringpost.sim.invariant;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.LaneWrite;

/** What must hold of what is committed. */
final class StoreRules {
    void everyDeliveryEnds(Fate fate) {
        if (fate.waits()) {
            throw new Broken("everyDeliveryEnds", fate.toString());
        }
    }

    void everyDeliveryEndsExactlyOnce(Fate fate) {
        if (!fate.waits()) {
            throw new Broken("everyDeliveryEndsExactlyOnce", fate + " ended again");
        }
    }

    void onlyPartialsAreSuperseded(Fate fate, DeliveryEnd end) {
        if (end == DeliveryEnd.SUPERSEDED && fate.delivery.type() != EventType.TRANSCRIPT_PARTIAL) {
            throw new Broken("partialsAreSupersededAndNothingElseIs", fate.toString());
        }
    }

    void aStaleOwnersWriteChangesNothing(int node, int owner, LaneWrite write) {
        if (node != owner) {
            throw new Broken(
                    "aStaleOwnersWriteChangesNothing",
                    "node " + node + " wrote what is node " + owner + "'s: " + write);
        }
    }
}
