package dev.ringpost.sim.plan;

import dev.ringpost.delivery.EngineSettings;
import java.time.Duration;
import java.util.List;

/**
 * Everything that makes a world what it is. The same plan makes the same world.
 *
 * @param nodes how many share the store
 * @param partitions over how many the endpoints are spread
 * @param commitMillis about how long a commit takes, from the request to its answer
 * @param readMillis about how long a read takes
 * @param lengthMillis after this time everything is mended, and the rest has to drain
 * @param steps in the order of their times
 */
public record Plan(
        long seed,
        int nodes,
        int partitions,
        EngineSettings settings,
        long commitMillis,
        long readMillis,
        Duration analysisWait,
        Duration callTimeout,
        long lengthMillis,
        List<EndpointPlan> endpoints,
        List<Step> steps) {
    public Dice dice() {
        return new Dice(seed);
    }

    public Plan with(List<Step> others) {
        return new Plan(
                seed,
                nodes,
                partitions,
                settings,
                commitMillis,
                readMillis,
                analysisWait,
                callTimeout,
                lengthMillis,
                endpoints,
                others);
    }
}
