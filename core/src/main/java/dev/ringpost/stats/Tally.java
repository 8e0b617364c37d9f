package dev.ringpost.stats;

import java.util.Arrays;

/** Counts as they grow. */
final class Tally {
    long events;
    long deliveriesSucceeded;
    long deliveriesFailed;
    long attemptsSucceeded;
    long attemptsFailed;

    /** What was counted before and could not be stored. */
    private Counts before = Counts.NONE;

    /** As long as the longest lag needs. */
    private int[] lags = {};

    void lag(long millis) {
        int bucket = LagHistogram.bucketOf(millis);
        if (bucket >= lags.length) {
            lags = Arrays.copyOf(lags, bucket + 1);
        }
        lags[bucket]++;
    }

    void add(Counts counts) {
        before = before.plus(counts);
    }

    Counts counts() {
        return before.plus(new Counts(
                events,
                deliveriesSucceeded,
                deliveriesFailed,
                new Attempts(attemptsSucceeded, attemptsFailed),
                LagHistogram.of(lags)));
    }
}
