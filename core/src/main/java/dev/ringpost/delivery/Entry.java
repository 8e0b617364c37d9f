package dev.ringpost.delivery;

import dev.ringpost.id.NumberSource;

/** A delivery in memory. */
final class Entry {
    final Delivery delivery;
    final long replay;
    /** No later than it came here: an event's time may be ahead of the engine's, where somebody set the clock. */
    final long bornAt;
    /** It stands in the store's queue, not among the fresh ones. */
    boolean stored;

    Rank rank;
    /** When it may run, in milliseconds since 1970: 0 for what was never tried. */
    long runAt;

    int attempts;
    int step;
    State state = State.WAITING;
    /** A partial that a newer one or the end of its call has overtaken while it was in flight. */
    boolean overtaken;
    /** Somebody asked for it while an attempt was in flight or not recorded: the next one goes at once. */
    boolean askedAgain;
    /** How many repairs the endpoint had seen when its last attempt began. */
    int repairs;
    /** How many overloads the endpoint had seen then. */
    int overloads;

    Slots.Share share = Slots.Share.UNPROVEN;

    static Entry fresh(Delivery delivery, long now) {
        return new Entry(new Queued(delivery, Rank.UNTRIED, 0, 0, 0), false, now);
    }

    static Entry of(Queued row, long now) {
        return new Entry(row, true, now);
    }

    private Entry(Queued row, boolean stored, long now) {
        this.delivery = row.delivery();
        this.replay = row.replay();
        this.stored = stored;
        this.rank = row.rank();
        this.runAt = row.dueAt();
        this.attempts = row.attempts();
        this.step = row.step();
        this.bornAt = Math.min(now, NumberSource.timeOf(delivery.event()).toEpochMilli());
    }

    boolean isWaiting() {
        return state == State.WAITING;
    }

    enum State {
        WAITING,
        IN_FLIGHT,
        /** An attempt failed, and the write that says so is not committed yet. */
        FAILED,
        /** The write that ends it is not committed yet. */
        ENDED
    }
}
