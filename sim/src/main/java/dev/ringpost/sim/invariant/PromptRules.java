package dev.ringpost.sim.invariant;

import dev.ringpost.delivery.Rank;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * That what may go does go. Most of what keeps a delivery waiting is of no interest here: judged is only what somebody asked
 * for, or what waits alone at its endpoint behind a closed breaker, while its engine has no attempt under way and nothing
 * goes wrong. That has to go when it is due.
 */
final class PromptRules {
    /** Reads and commits take their time. */
    private static final long MOST_LATE = 20_000;

    /** A slot of those that nobody has answered from comes free within a deadline or two. */
    private static final long MOST_DELAYED_UNPROVEN = 40_000;

    /** Of those that answer, soon. */
    private static final long MOST_DELAYED = 10_000;

    private final Map<Long, Integer> waiting = new HashMap<>();
    private final Map<Long, Long> aloneSince = new HashMap<>();
    private final Set<Long> spared = new HashSet<>();
    private final Set<Long> proven = new HashSet<>();
    private long calmSince;

    /** Until this time something keeps nodes, store or webhooks from being what they were. */
    void disturbed(long until) {
        calmSince = Math.max(calmSince, until);
    }

    /** @param more deliveries that wait at the endpoint from now on; fewer where it is negative */
    void waits(long endpoint, int more, long now) {
        if (waiting.merge(endpoint, more, Integer::sum) == 1) {
            aloneSince.put(endpoint, now);
        }
    }

    int waiting(long endpoint) {
        return waiting.getOrDefault(endpoint, 0);
    }

    /** Nothing that others do may delay this endpoint. */
    void spares(long endpoint) {
        spared.add(endpoint);
    }

    /** It has answered. */
    void proves(long endpoint) {
        proven.add(endpoint);
    }

    /** @param before what its call has at the endpoint before it */
    void nothingDelaysAHealthyEndpoint(Fate fate, List<Fate> before, long now) {
        if (!spared.contains(fate.delivery.endpoint()) || fate.row != null) {
            return;
        }
        long since = Math.max(calmSince, fate.toldAt);
        for (Fate earlier : before) {
            since = Math.max(since, earlier.changedAt);
        }
        boolean isProven = proven.contains(fate.delivery.endpoint());
        if (now - since > (isProven ? MOST_DELAYED : MOST_DELAYED_UNPROVEN)) {
            throw new Broken("nothingDelaysAHealthyEndpoint", fate + " goes " + (now - since) + " ms late");
        }
    }

    /** An attempt begins. */
    void whatMayGoGoes(Life life, Fate fate, BooleanSupplier isBreakerOpen, long now) {
        if (life.allInFlight > 0) {
            return;
        }
        boolean asked = fate.row != null && fate.row.rank() == Rank.ASKED;
        long due = fate.row == null ? fate.toldAt : fate.row.dueAt();
        long since = Math.max(Math.max(calmSince, life.quietSince), Math.max(fate.changedAt, due));
        if (asked && now - since > MOST_LATE) {
            throw new Broken("whatIsAskedForGoesAtOnce", fate + " goes " + (now - since) + " ms late");
        }
        long endpoint = fate.delivery.endpoint();
        long alone = Math.max(since, aloneSince.getOrDefault(endpoint, now));
        if (!asked
                && waiting.getOrDefault(endpoint, 0) == 1
                && now - alone > MOST_LATE
                && !isBreakerOpen.getAsBoolean()) {
            throw new Broken("whatIsDueGoes", fate + " goes " + (now - alone) + " ms late");
        }
    }
}
