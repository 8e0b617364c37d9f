package dev.ringpost.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.sim.invariant.Broken;
import dev.ringpost.sim.plan.Plan;
import dev.ringpost.sim.plan.PlanWriter;
import dev.ringpost.sim.plan.Step;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The simulation itself. */
class SimulationTest {
    @Test
    void aSeedAlwaysGoesTheSameWay() {
        for (long seed = 1; seed <= 12; seed++) {
            SeedRun first = SeedRun.of(seed);
            SeedRun again = SeedRun.of(seed);
            assertThat(again.hash()).isEqualTo(first.hash());
            assertThat(again.counts().asMap()).isEqualTo(first.counts().asMap());
        }
    }

    @Test
    void seedsDiffer() {
        assertThat(SeedRun.of(1).hash()).isNotEqualTo(SeedRun.of(2).hash());
    }

    @Test
    void aTraceIsKeptToItsLastLines() {
        SeedRun.Told told = SeedRun.told(PlanWriter.of(3), 100);
        assertThat(told.lines()).hasSize(100);
        assertThat(told.run().hash()).isEqualTo(SeedRun.of(3).hash());
    }

    @Test
    void whatIsNotNeededIsLeftOut() {
        Plan plan = PlanWriter.of(7);
        Step needed = plan.steps().get(plan.steps().size() / 3);
        Step alsoNeeded = plan.steps().getLast();
        AtomicInteger runs = new AtomicInteger();
        Plan smallest = new Shrinker(
                        candidate -> {
                            runs.incrementAndGet();
                            return candidate.steps().contains(needed)
                                    && candidate.steps().contains(alsoNeeded);
                        },
                        () -> runs.get() < 10_000)
                .shrink(plan);
        assertThat(smallest.steps()).isEqualTo(List.of(needed, alsoNeeded));
    }

    @Test
    void shrinkingEndsWhenItsTimeIsUp() {
        Plan plan = PlanWriter.of(7);
        assertThat(new Shrinker(candidate -> true, () -> false).shrink(plan)).isEqualTo(plan);
    }

    @Test
    void aBrokenInvariantSaysWhich() {
        assertThat(new Broken("nothingIsLost", "one was").getMessage()).isEqualTo("nothingIsLost: one was");
    }
}
