package dev.ringpost.stats;

/**
 * What happened in an interval.
 *
 * @param events of an account: that its calls fired; of an endpoint: that became deliveries to it
 * @param deliveriesSucceeded that ended with a success
 * @param deliveriesFailed that gave up; those that were cancelled or superseded are in neither
 * @param lag from the event to the end of the attempt that delivered it, of each delivery that succeeded in the interval
 *     but replays, which are late because somebody wants it so
 */
public record Counts(
        long events, long deliveriesSucceeded, long deliveriesFailed, Attempts attempts, LagHistogram lag) {
    public static final Counts NONE = new Counts(0, 0, 0, Attempts.NONE, LagHistogram.EMPTY);

    public Counts plus(Counts other) {
        return new Counts(
                events + other.events,
                deliveriesSucceeded + other.deliveriesSucceeded,
                deliveriesFailed + other.deliveriesFailed,
                attempts.plus(other.attempts),
                lag.plus(other.lag));
    }
}
