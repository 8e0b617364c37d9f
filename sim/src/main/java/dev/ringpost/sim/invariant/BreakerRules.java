package dev.ringpost.sim.invariant;

import dev.ringpost.delivery.Health;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * After 5 failures in a row an endpoint gets one attempt at a time, at an interval that doubles from 5 seconds to 5
 * minutes, until one succeeds or somebody repairs it.
 */
final class BreakerRules {
    private static final int FAILURES_TO_OPEN = 5;
    private static final long FIRST_INTERVAL = 5_000;
    private static final long LAST_INTERVAL = 300_000;
    private final Map<Seen, State> states = new HashMap<>();
    private final Map<Long, Integer> failuresInRow = new HashMap<>();
    private final Set<Long> openedOnce = new HashSet<>();
    /** By endpoint: the times that were ever said. */
    private final Map<Long, Set<Long>> probes = new HashMap<>();

    private final Set<Seen> closedIn = new HashSet<>();

    /** What one engine has seen of an endpoint. */
    private record Seen(Life life, long endpoint) {}

    private static final class State {
        /** When the next probe may go, as the engine last said; 0: the breaker is closed. */
        private long probeAt;
    }

    /**
     * It is open as far as attempts have shown, or this engine may have begun with an open one: what closed it before may not
     * have been saved when an engine ended.
     */
    boolean mayBeOpen(Life life, long endpoint) {
        return openedOnce.contains(endpoint)
                && (failuresInRow.getOrDefault(endpoint, 0) >= FAILURES_TO_OPEN
                        || !closedIn.contains(new Seen(life, endpoint)));
    }

    void closed(Life life, long endpoint) {
        failuresInRow.remove(endpoint);
        closedIn.add(new Seen(life, endpoint));
        State state = states.get(new Seen(life, endpoint));
        if (state != null) {
            state.probeAt = 0;
        }
    }

    void failed(long endpoint) {
        if (failuresInRow.merge(endpoint, 1, Integer::sum) >= FAILURES_TO_OPEN) {
            openedOnce.add(endpoint);
        }
    }

    /** An engine says how an endpoint is. Where its breaker opened, or stays open after a probe, its interval shows. */
    void saved(Life life, long endpoint, Health health, long now) {
        State state = states.computeIfAbsent(new Seen(life, endpoint), seen -> new State());
        state.probeAt = health.probeAt();
        boolean isNew = health.probeAt() != 0
                && probes.computeIfAbsent(endpoint, no -> new HashSet<>()).add(health.probeAt());
        if (isNew) {
            openedOnce.add(endpoint);
        }
        // What is said later than at the failure itself tells too little of when the interval began.
        if (isNew && health.lastFailureAt() == now) {
            int doublings = Math.clamp(health.failures() - FAILURES_TO_OPEN, 0, 10);
            long interval = Math.min(FIRST_INTERVAL << doublings, LAST_INTERVAL);
            long pause = health.probeAt() - now;
            if (pause < interval * 0.8 - 1 || pause > interval * 1.2 + 1) {
                throw new Broken("probesComeAtAGrowingInterval", pause + " ms, not about " + interval + ": " + health);
            }
        }
    }

    void anOpenBreakerLetsOnlyProbesThrough(Life life, Fate fate, long now) {
        State state = states.get(new Seen(life, fate.delivery.endpoint()));
        if (state == null || fate.outOfOrder) {
            return;
        }
        int others = life.inFlight.getOrDefault(fate.delivery.endpoint(), 0);
        if (state.probeAt != 0 && (others > 0 || now < state.probeAt)) {
            throw new Broken(
                    "anOpenBreakerLetsOnlyProbesThrough",
                    fate + " goes beside " + others + " others, " + (state.probeAt - now) + " ms early");
        }
    }
}
