package dev.ringpost.sim.invariant;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.AttemptResult.Verdict;
import java.util.HashMap;
import java.util.Map;

/**
 * After 5 failures in a row an endpoint gets one attempt at a time, at an interval that doubles from 5 seconds to 5
 * minutes, until one succeeds or somebody repairs it.
 */
final class BreakerRules {
    private static final int FAILURES_TO_OPEN = 5;
    private static final long FIRST_INTERVAL = 5_000;
    private static final long LAST_INTERVAL = 300_000;
    /** A lane that has nothing to do for so long is forgotten, and asks for its past after a failure only. */
    private static final long LANE_LIFE = 60_000;

    private static final double LEAST_JITTER = 0.8;

    private final Map<Seen, State> states = new HashMap<>();
    private final Map<Long, Integer> failuresOfAll = new HashMap<>();

    /** What one engine has seen of an endpoint. */
    private record Seen(Life life, long endpoint) {}

    private static final class State {
        private int failures;
        private long failedAt;
        private long overloadedAt;
        private long notBefore;
        private boolean probed;
    }

    /** As far as attempts have shown, whichever engine made them. */
    boolean mayBeOpen(long endpoint) {
        return failuresOfAll.getOrDefault(endpoint, 0) >= FAILURES_TO_OPEN;
    }

    void closed(long endpoint) {
        failuresOfAll.remove(endpoint);
        states.keySet().removeIf(seen -> seen.endpoint() == endpoint);
    }

    void failed(Life life, Fate fate, AttemptResult result, long now) {
        long endpoint = fate.delivery.endpoint();
        failuresOfAll.merge(endpoint, 1, Integer::sum);
        if (fate.hurriedLast) {
            // It may have begun before a repair, and says nothing then.
            return;
        }
        State state = states.computeIfAbsent(new Seen(life, endpoint), seen -> new State());
        if (result.verdict() == Verdict.OVERLOADED) {
            // Attempts that were under way together say only once that it has too much to do.
            boolean repeats = result.responseStatus() != null && fate.sentAt <= state.overloadedAt;
            if (repeats) {
                return;
            }
            state.overloadedAt = now;
        }
        boolean forgotten = state.failures < FAILURES_TO_OPEN && now - state.failedAt >= LANE_LIFE;
        state.failures = forgotten ? 1 : state.failures + 1;
        state.failedAt = now;
        // What was asked for, or began before the breaker opened, moves no probe.
        if (state.failures == FAILURES_TO_OPEN || state.probed) {
            int doublings = Math.min(state.failures - FAILURES_TO_OPEN, 10);
            state.notBefore = now + Math.round(LEAST_JITTER * Math.min(FIRST_INTERVAL << doublings, LAST_INTERVAL));
            state.probed = false;
        }
    }

    void anOpenBreakerLetsOnlyProbesThrough(Life life, Fate fate, long now) {
        State state = states.get(new Seen(life, fate.delivery.endpoint()));
        if (state == null || state.failures < FAILURES_TO_OPEN || fate.outOfOrder) {
            return;
        }
        int others = life.inFlight.getOrDefault(fate.delivery.endpoint(), 0);
        if (others > 0 || now < state.notBefore) {
            throw new Broken(
                    "anOpenBreakerLetsOnlyProbesThrough",
                    fate + " goes beside " + others + " others, " + (state.notBefore - now) + " ms early");
        }
        state.probed = true;
    }
}
