package dev.ringpost.erasure;

/** How many rows a slice may change for it to take about 3 ms of the writer's time. */
final class SliceSize {
    private static final int MOST = 500;
    private static final int LEAST = 25;
    private static final long TOO_LONG_MILLIS = 4;
    private static final long SHORT_MILLIS = 1;

    private volatile int rows = 100;

    int rows() {
        return rows;
    }

    void took(long millis) {
        if (millis >= TOO_LONG_MILLIS) {
            rows = Math.max(LEAST, rows / 2);
        } else if (millis <= SHORT_MILLIS) {
            rows = Math.min(MOST, rows + rows / 4);
        }
    }
}
