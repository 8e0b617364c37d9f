package dev.ringpost.sim;

import dev.ringpost.sim.invariant.Broken;
import dev.ringpost.sim.plan.Plan;
import dev.ringpost.sim.plan.PlanWriter;
import dev.ringpost.sim.world.Counts;
import dev.ringpost.sim.world.Simulation;
import dev.ringpost.sim.world.Trace;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What became of one seed.
 *
 * @param hash of everything that happened
 * @param simulatedMillis how much time passed in the world; 0 where something broke
 * @param broken null: everything held
 */
record SeedRun(
        long seed,
        long hash,
        long simulatedMillis,
        Counts counts,
        @Nullable Broken broken) {
    private static final int TRACE_LINES = 400;

    static SeedRun of(long seed) {
        return of(PlanWriter.of(seed), new Trace(0));
    }

    private static SeedRun of(Plan plan, Trace trace) {
        Counts counts = new Counts();
        try {
            long simulated = Simulation.run(plan, trace, counts);
            return new SeedRun(plan.seed(), trace.hash(), simulated, counts, null);
        } catch (Broken e) {
            return new SeedRun(plan.seed(), trace.hash(), 0, counts, e);
        }
    }

    /** The run again, with what happened line by line. */
    static Told told(Plan plan, int lines) {
        Trace trace = new Trace(lines);
        SeedRun run = of(plan, trace);
        return new Told(run, trace.lines());
    }

    record Told(SeedRun run, List<String> lines) {}

    /** The smallest plan found that breaks the same invariant, run again. */
    Told shrunken(BooleanSupplier goesOn) {
        Broken found = broken;
        if (found == null) {
            throw new IllegalStateException("Seed " + seed + " broke nothing");
        }
        Plan smallest = new Shrinker(
                        plan -> {
                            Broken again = of(plan, new Trace(0)).broken();
                            return again != null && again.invariant().equals(found.invariant());
                        },
                        goesOn)
                .shrink(PlanWriter.of(seed));
        return told(smallest, TRACE_LINES);
    }
}
