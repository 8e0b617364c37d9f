package dev.ringpost.sim.invariant;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.delivery.Health;
import dev.ringpost.delivery.Rank;

/** How an endpoint that fails is spared, and what waits for it with it. */
final class BreakerRules {
    private static final int FAILURES_TO_OPEN = 5;
    private static final long FIRST_PAUSE = 5_000;
    private static final long LAST_PAUSE = 300_000;

    /** @param inFlight attempts to the endpoint that were begun before and did not end */
    void anOpenBreakerHoldsBack(Fate fate, Health health, int inFlight, long now) {
        boolean asked = fate.row != null && fate.row.rank() == Rank.ASKED;
        if (health.probeAt() == 0 || asked) {
            return;
        }
        if (health.probeAt() > now || inFlight > 0) {
            throw new Broken(
                    "anOpenBreakerHoldsBack",
                    fate + " goes " + (health.probeAt() - now) + " ms before the next probe, beside " + inFlight);
        }
    }

    /** @param before of the endpoint, as its lane had it before it heard of the result */
    void heard(Health before, Health after, AttemptResult result, long now) {
        if (result.verdict() == Verdict.SUCCEEDED) {
            if (after.failures() != 0 || after.probeAt() != 0) {
                throw new Broken("aSuccessClosesTheBreaker", after.toString());
            }
            return;
        }
        if (after.failures() >= FAILURES_TO_OPEN && after.probeAt() == 0) {
            throw new Broken("failuresOpenTheBreaker", after.toString());
        }
        if (after.probeAt() != 0 && after.probeAt() != before.probeAt() && after.failures() > before.failures()) {
            probesGetRarer(after, now);
        }
    }

    private static void probesGetRarer(Health after, long now) {
        int doublings = Math.clamp(after.failures() - FAILURES_TO_OPEN, 0, 10);
        long pause = Math.min(FIRST_PAUSE << doublings, LAST_PAUSE);
        long taken = after.probeAt() - now;
        if (taken < Math.round(pause * 0.8) || taken > Math.round(pause * 1.2)) {
            throw new Broken(
                    "probesGetRarer", taken + " ms after " + after.failures() + " failures, planned are " + pause);
        }
    }

    /** What an engine knows of an endpoint that it takes up with nothing but this. */
    void aNewOwnerRemembersTheBreaker(Health stored, Health known) {
        if (stored.probeAt() != known.probeAt() || stored.failures() != known.failures()) {
            throw new Broken("aNewOwnerRemembersTheBreaker", known + " where the store says " + stored);
        }
    }
}
