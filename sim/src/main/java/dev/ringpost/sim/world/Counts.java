package dev.ringpost.sim.world;

import java.util.Map;
import java.util.TreeMap;

/** How often what happened, by its name. */
public final class Counts {
    private final Map<String, Long> counts = new TreeMap<>();

    public void add(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    public void addAll(Counts others) {
        others.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
    }

    public Map<String, Long> asMap() {
        return counts;
    }
}
