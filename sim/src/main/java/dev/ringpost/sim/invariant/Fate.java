package dev.ringpost.sim.invariant;

import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.Queued;
import dev.ringpost.delivery.Rank;
import org.jspecify.annotations.Nullable;

/** What became of a delivery, as those know it who watch the world. */
final class Fate {
    final Delivery delivery;

    /** How it ended, as committed; null: it waits. */
    @Nullable
    DeliveryEnd end;

    /** As it stands in the queue, as committed; null: it does not. */
    @Nullable
    Queued row;

    long failedAt;
    /** When it was due when it ended. */
    long lastDueAt;
    /** When what is committed of it last changed. */
    long changedAt;
    /** Attempts whose result an engine heard. */
    int finished;
    /** Somebody asked for it, or replayed it: it goes out of order from then on. */
    boolean outOfOrder;
    /** Its endpoint was repaired, or it was asked for, while an attempt of it was under way. */
    boolean hurried;
    /** It was so when its last attempt ended. */
    boolean hurriedLast;
    /** Its endpoint had been reached before its last attempt ended, as far as its engine knows. */
    boolean endpointProven;
    /** Its engine was told that somebody asked for it, and began no attempt since. */
    boolean askedHeard;
    /** The engine in whose hands an attempt of it is. */
    @Nullable
    Life inFlight;
    /** The engine that has heard of a success. */
    @Nullable
    Life succeeded;
    /** The engine that has asked for its end. */
    @Nullable
    Life ending;

    /** When an attempt of it last ended; 0: none has. */
    long finishedAt;

    /** When an engine was told of it; 0: none was yet. */
    long toldAt;
    /** The engine that was told of it last. */
    @Nullable
    Life toldTo;

    /** The engine that moved it out of memory untried. */
    @Nullable
    Life spilled;

    Fate(Delivery delivery) {
        this.delivery = delivery;
    }

    /** Somebody asked for it, and it goes for that. */
    boolean isAsked() {
        return askedHeard || (row != null && row.rank() == Rank.ASKED);
    }

    boolean waits() {
        return end == null;
    }

    /** The store ended it by itself. */
    boolean wasDropped() {
        return end != null && ending == null;
    }

    int attempts() {
        Queued queued = row;
        return queued == null ? 0 : queued.attempts();
    }

    int step() {
        Queued queued = row;
        return queued == null ? 0 : queued.step();
    }

    @Override
    public String toString() {
        return delivery + " end=" + end + " row=" + row + " finished=" + finished;
    }
}
