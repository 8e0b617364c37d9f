package dev.ringpost.delivery;

/**
 * How many attempts an endpoint may have in flight, never above the webhook's {@code max_in_flight}. It starts at 2 and
 * has one more with each success, which doubles it with each round of answers. When the endpoint is overloaded it is
 * halved, and from then on a whole round of successes gives one more: so it stays near what the endpoint can take, and most
 * of what waits is not spent on finding out.
 */
final class Window {
    private static final int START = 2;

    private double limit = START;
    /** From here on it grows slowly: it was too much before. */
    private double careful = Double.MAX_VALUE;

    private int inFlight;
    private int overloads;

    boolean hasRoom(int maxInFlight) {
        return inFlight < Math.min((int) limit, maxInFlight);
    }

    int inFlight() {
        return inFlight;
    }

    /** Returns how often it was overloaded before: to be given back when the attempt has ended. */
    int started() {
        inFlight++;
        return overloads;
    }

    void succeeded(int maxInFlight) {
        inFlight--;
        limit = Math.min(limit + (limit < careful ? 1 : 1 / limit), Math.max(START, maxInFlight));
    }

    void failed() {
        inFlight--;
    }

    /** False where the attempt began before the last overload was known: it says the same once more. */
    boolean overloaded(int overloadsBefore) {
        inFlight--;
        if (overloadsBefore != overloads) {
            return false;
        }
        overloads++;
        limit = Math.max(1, (int) limit / 2);
        careful = limit;
        return true;
    }

    /** The endpoint was away: it gets its backlog at a rising rate. */
    void restart() {
        limit = 1;
        careful = Double.MAX_VALUE;
    }
}
