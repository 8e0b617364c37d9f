package dev.ringpost.sim.invariant;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.delivery.Health;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * How an endpoint that fails is spared, and what waits for it with it: after 5 failures in a row it gets one attempt at a
 * time, at an interval that doubles from 5 seconds to 5 minutes, until one succeeds or somebody repairs it.
 */
final class BreakerRules {
    private static final int FAILURES_TO_OPEN = 5;
    private static final long FIRST_INTERVAL = 5_000;
    private static final long LAST_INTERVAL = 300_000;

    private final Set<Seen> open = new HashSet<>();

    /** What one engine has of an endpoint. */
    private record Seen(Life life, long endpoint) {}

    /**
     * An attempt begins.
     *
     * @param known of the endpoint, as its lane has it
     * @param others attempts to the endpoint that were begun before and did not end
     */
    void begins(Life life, Fate fate, Health known, int others, long now) {
        if (!fate.isAsked()) {
            anOpenBreakerLetsOnlyProbesThrough(fate, known, others, now);
        }
        onlyASuccessOrARepairClosesTheBreaker(life, fate, known);
    }

    private static void anOpenBreakerLetsOnlyProbesThrough(Fate fate, Health known, int others, long now) {
        if (known.probeAt() != 0 && (known.probeAt() > now || others > 0)) {
            throw new Broken(
                    "anOpenBreakerLetsOnlyProbesThrough",
                    fate + " goes " + (known.probeAt() - now) + " ms before the next probe, beside " + others);
        }
    }

    private void onlyASuccessOrARepairClosesTheBreaker(Life life, Fate fate, Health known) {
        if (known.probeAt() == 0 && open.contains(new Seen(life, fate.delivery.endpoint()))) {
            throw new Broken("onlyASuccessOrARepairClosesTheBreaker", fate + " with " + known);
        }
    }

    /**
     * An engine has taken in how an attempt ended.
     *
     * @param before of the endpoint, as its lane had it before it heard of the result
     */
    void heard(Life life, long endpoint, Health before, Health after, AttemptResult result, long now) {
        if (result.verdict() == Verdict.SUCCEEDED) {
            if (after.failures() != 0 || after.probeAt() != 0) {
                throw new Broken("aSuccessClosesTheBreaker", after.toString());
            }
        } else if (after.failures() >= FAILURES_TO_OPEN && after.probeAt() == 0) {
            throw new Broken("failuresOpenTheBreaker", after.toString());
        } else if (after.probeAt() != before.probeAt() && after.failures() > before.failures()) {
            probesComeAtAGrowingInterval(after, now);
        }
        if (after.probeAt() == 0) {
            closed(life, endpoint);
        } else {
            open.add(new Seen(life, endpoint));
        }
    }

    private static void probesComeAtAGrowingInterval(Health after, long now) {
        int doublings = Math.clamp(after.failures() - FAILURES_TO_OPEN, 0, 10);
        long interval = Math.min(FIRST_INTERVAL << doublings, LAST_INTERVAL);
        long taken = after.probeAt() - now;
        if (taken < Math.round(interval * 0.8) || taken > Math.round(interval * 1.2)) {
            throw new Broken(
                    "probesComeAtAGrowingInterval",
                    taken + " ms after " + after.failures() + " failures, planned are " + interval);
        }
    }

    /** A success or a repair closes it. */
    void closed(Life life, long endpoint) {
        open.remove(new Seen(life, endpoint));
    }

    /** These endpoints are the engine's no longer: it may get them back as others left them. */
    void forget(Life life, LongPredicate endpoints) {
        open.removeIf(seen -> seen.life() == life && endpoints.test(seen.endpoint()));
    }

    /** What an engine knows of an endpoint that it takes up with nothing but this. */
    void aNewOwnerRemembersTheBreaker(Life life, long endpoint, Health stored, Health known) {
        if (stored.probeAt() != known.probeAt() || stored.failures() != known.failures()) {
            throw new Broken("aNewOwnerRemembersTheBreaker", known + " where the store says " + stored);
        }
        if (known.probeAt() != 0) {
            open.add(new Seen(life, endpoint));
        }
    }
}
