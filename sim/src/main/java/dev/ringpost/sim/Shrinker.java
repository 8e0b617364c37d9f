package dev.ringpost.sim;

import dev.ringpost.sim.plan.Plan;
import dev.ringpost.sim.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Leaves out of a plan what is not needed to break the same invariant: first large parts, then smaller ones. */
final class Shrinker {
    private final Predicate<Plan> stillBreaks;
    private final BooleanSupplier goesOn;

    /** @param goesOn false once it has taken long enough */
    Shrinker(Predicate<Plan> stillBreaks, BooleanSupplier goesOn) {
        this.stillBreaks = stillBreaks;
        this.goesOn = goesOn;
    }

    Plan shrink(Plan plan) {
        Plan smallest = plan;
        int part = Math.max(1, plan.steps().size() / 2);
        while (goesOn.getAsBoolean()) {
            Plan smaller = without(smallest, part);
            if (smaller.steps().size() == smallest.steps().size()) {
                if (part == 1) {
                    return smallest;
                }
                part = Math.max(1, part / 2);
            }
            smallest = smaller;
        }
        return smallest;
    }

    /** Tries to leave out each part of this size. */
    private Plan without(Plan plan, int part) {
        Plan smallest = plan;
        for (int from = 0; from < smallest.steps().size() && goesOn.getAsBoolean(); ) {
            List<Step> left = new ArrayList<>(smallest.steps());
            left.subList(from, Math.min(from + part, left.size())).clear();
            Plan candidate = smallest.with(List.copyOf(left));
            if (stillBreaks.test(candidate)) {
                smallest = candidate;
            } else {
                from += part;
            }
        }
        return smallest;
    }
}
