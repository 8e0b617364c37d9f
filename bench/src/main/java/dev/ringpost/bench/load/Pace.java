package dev.ringpost.bench.load;

/** When the next request is due. Used by the generator's thread. */
public interface Pace {
    /** As by {@link System#nanoTime}, now or earlier: at once. */
    long due(long now);

    /** The request that was due is sent. */
    void taken();

    /**
     * Closed loop: a publisher sends its next request as soon as the last one is answered, unless more deliveries than
     * this wait.
     */
    static Pace closed(Flights flights, long mostWaiting) {
        return new Pace() {
            @Override
            public long due(long now) {
                return flights.waiting() < mostWaiting ? now : Long.MAX_VALUE;
            }

            @Override
            public void taken() {}
        };
    }

    /** Open loop: at a fixed rate, whatever becomes of the requests before. */
    static Pace open(long start, double requestsASecond) {
        return new Pace() {
            private long sent;

            @Override
            public long due(long now) {
                return start + (long) (sent * 1e9 / requestsASecond);
            }

            @Override
            public void taken() {
                sent++;
            }
        };
    }
}
