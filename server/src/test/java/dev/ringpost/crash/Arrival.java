package dev.ringpost.crash;

/**
 * An attempt that reached the receiver.
 *
 * @param hook the first part of the path that it came to
 * @param attempt as the header {@code ringpost-attempt} says
 * @param begun when it came, by {@link System#nanoTime}
 * @param answered when its answer began to go out; {@link Long#MAX_VALUE}: not yet
 * @param status of the answer; 0: the receiver closed the connection without one
 */
record Arrival(
        String hook, String event, String call, int sequence, int attempt, long begun, long answered, int status) {
    boolean isAccepted() {
        return status == 204;
    }

    /** The sender takes this for a kept connection that had gone stale, and sends the same again on a new one. */
    boolean isHungUp() {
        return status == 0;
    }

    Arrival answeredAt(long time) {
        return new Arrival(hook, event, call, sequence, attempt, begun, time, status);
    }
}
