package dev.ringpost.delivery;

/**
 * How many attempts an endpoint may have in flight: starts at 2, one more with each success, half of it when the endpoint
 * is overloaded, never above the webhook's {@code max_in_flight}.
 */
final class Window {
    private static final int START = 2;

    private int limit = START;
    private int inFlight;

    boolean hasRoom(int maxInFlight) {
        return inFlight < Math.min(limit, maxInFlight);
    }

    int inFlight() {
        return inFlight;
    }

    void started() {
        inFlight++;
    }

    void succeeded(int maxInFlight) {
        inFlight--;
        limit = Math.min(limit + 1, Math.max(START, maxInFlight));
    }

    void failed(boolean overloaded) {
        inFlight--;
        if (overloaded) {
            limit = Math.max(1, limit / 2);
        }
    }

    /** The endpoint was away: it gets its backlog at a rising rate. */
    void restart() {
        limit = 1;
    }
}
