package dev.ringpost.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint is doing. A lane that comes to memory with a new delivery does not know how its endpoint did before; it
 * asks when that begins to matter, which is at its first failure. Times are milliseconds since 1970, 0 for never.
 */
final class LaneHealth {
    /** An endpoint is given up after this time without a success ... */
    private static final long QUIET = Duration.ofDays(5).toMillis();
    /** ... with so many failed attempts ... */
    private static final int FAILURES = 20;
    /** ... on so many days. */
    private static final int DAYS = 4;

    private static final long DAY = Duration.ofDays(1).toMillis();

    private final Breaker breaker;
    private Past past = Past.UNKNOWN;
    private long lastSuccessAt;
    private long lastFailureAt;
    private @Nullable String lastError;
    private long failingSince;
    private int failingDays;
    /** Nothing has succeeded since the last repair, and what was before it no longer counts. */
    private boolean repaired;

    private boolean changed;

    /** What is known of the time before the lane came to memory. */
    private enum Past {
        UNKNOWN,
        ASKED_FOR,
        KNOWN
    }

    LaneHealth(Breaker breaker) {
        this.breaker = breaker;
    }

    long lastSuccessAt() {
        return lastSuccessAt;
    }

    /** Something is not saved yet. */
    boolean isChanged() {
        return changed;
    }

    /** The answer to the question for the past is on its way: what is saved now would overwrite it. */
    boolean awaitsPast() {
        return past == Past.ASKED_FOR;
    }

    /** True where the past is not known: it is asked for once. */
    boolean asksForPast() {
        boolean asks = past == Past.UNKNOWN;
        past = asks ? Past.ASKED_FOR : past;
        return asks;
    }

    /** How the endpoint did before; what happened since is added to it. */
    void remember(Health before) {
        if (past == Past.KNOWN) {
            return;
        }
        past = Past.KNOWN;
        boolean startedAfresh = lastSuccessAt > 0 || repaired;
        if (!startedAfresh) {
            boolean sameDay = failingDays > 0 && day(before.lastFailureAt()) == day(failingSince);
            failingDays += before.failingDays() - (sameDay && before.failingDays() > 0 ? 1 : 0);
            failingSince = failingSince(before);
        }
        lastSuccessAt = Math.max(lastSuccessAt, before.lastSuccessAt());
        if (before.lastFailureAt() > lastFailureAt) {
            lastFailureAt = before.lastFailureAt();
            lastError = before.lastError();
        }
        if (!startedAfresh) {
            breaker.add(before.failures(), before.probeAt(), lastFailureAt);
        }
    }

    private long failingSince(Health before) {
        if (before.failingSince() > 0) {
            return before.failingSince();
        }
        return failingSince > 0 && before.lastSuccessAt() > 0 ? before.lastSuccessAt() : failingSince;
    }

    void succeeded(long now) {
        breaker.succeeded();
        lastSuccessAt = now;
        failingSince = 0;
        failingDays = 0;
        repaired = false;
        changed = true;
    }

    /** True where the breaker opened, or opened anew. */
    boolean failed(long now, AttemptResult result) {
        if (failingSince == 0) {
            failingSince = lastSuccessAt > 0 && !repaired ? lastSuccessAt : now;
            failingDays = 1;
        } else if (day(now) != day(lastFailureAt)) {
            failingDays++;
        }
        lastFailureAt = now;
        lastError = result.error();
        changed = true;
        return breaker.failed(now);
    }

    /** Nothing has succeeded for so long, and so much was tried, that nobody seems to be there any more. */
    boolean isHopeless(long now) {
        return failingSince > 0 && now - failingSince >= QUIET && breaker.failures() >= FAILURES && failingDays >= DAYS;
    }

    /** It starts afresh. */
    void repaired() {
        breaker.succeeded();
        failingSince = 0;
        failingDays = 0;
        repaired = true;
        changed = true;
    }

    /** Once it is read, it counts as saved. */
    Health saved() {
        changed = false;
        return snapshot();
    }

    Health snapshot() {
        return new Health(
                breaker.failures(),
                breaker.probeAt(),
                lastSuccessAt,
                lastFailureAt,
                lastError,
                failingSince,
                failingDays);
    }

    private static long day(long millis) {
        return Math.floorDiv(millis, DAY);
    }
}
