package dev.ringpost.sim.invariant;

import dev.ringpost.delivery.Rank;

/** What somebody asked for goes at once, past the breaker: judged while its engine has nothing else under way. */
final class PromptRules {
    /** Reads and commits take their time. */
    private static final long MOST_LATE = 20_000;

    private long calmSince;

    /** Until this time something keeps nodes, store or webhooks from being what they were. */
    void disturbed(long until) {
        calmSince = Math.max(calmSince, until);
    }

    /** An attempt begins. */
    void whatIsAskedForGoesAtOnce(Life life, Fate fate, long now) {
        if (life.allInFlight > 0 || fate.row == null || fate.row.rank() != Rank.ASKED) {
            return;
        }
        long since = Math.max(Math.max(calmSince, life.quietSince), Math.max(fate.changedAt, fate.row.dueAt()));
        if (now - since > MOST_LATE) {
            throw new Broken("whatIsAskedForGoesAtOnce", fate + " goes " + (now - since) + " ms late");
        }
    }
}
