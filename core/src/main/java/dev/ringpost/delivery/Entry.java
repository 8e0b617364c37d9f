package dev.ringpost.delivery;

/** A delivery in memory. */
final class Entry {
    final Delivery delivery;
    Place place;
    /** When it may run, in milliseconds since 1970: 0 for what was never tried. */
    long runAt;

    int attempts;
    int step;
    State state = State.WAITING;
    /** A partial that a newer one or the end of its call has overtaken while it was in flight. */
    boolean overtaken;

    Slots.Share share = Slots.Share.UNPROVEN;

    static Entry fresh(Delivery delivery) {
        return new Entry(delivery, Place.FRESH, 0, 0, 0);
    }

    static Entry of(Queued row) {
        return new Entry(row.delivery(), row.place(), row.attempts(), row.step(), row.dueAt());
    }

    private Entry(Delivery delivery, Place place, int attempts, int step, long runAt) {
        this.delivery = delivery;
        this.place = place;
        this.runAt = runAt;
        this.attempts = attempts;
        this.step = step;
    }

    boolean isWaiting() {
        return state == State.WAITING;
    }

    enum State {
        WAITING,
        IN_FLIGHT,
        /** Ended or failed, and the write that says so is not committed yet. */
        UNRECORDED
    }
}
