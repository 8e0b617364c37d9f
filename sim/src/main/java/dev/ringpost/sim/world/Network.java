package dev.ringpost.sim.world;

import dev.ringpost.sim.plan.Plan;
import dev.ringpost.sim.plan.Step;
import java.time.Duration;
import java.util.List;

/** The way between the nodes and all receivers. While it is down, nobody is reached, and nothing comes back. */
final class Network {
    /** What an outage holds up goes within this time after it: attempts of before end, it is noticed, and spread. */
    private static final long AFTERMATH_MILLIS = Duration.ofMinutes(3).toMillis();

    private final List<Outage> outages;

    private record Outage(long from, long until) {}

    /** @param begin of the world */
    Network(Plan plan, long begin) {
        outages = plan.steps().stream()
                .filter(Step.NetworkFails.class::isInstance)
                .map(Step.NetworkFails.class::cast)
                .map(fails -> new Outage(begin + fails.at(), begin + fails.at() + fails.millis()))
                .toList();
    }

    /** At some time between the two, both included. */
    boolean isDown(long from, long until) {
        return outages.stream().anyMatch(outage -> outage.from() <= until && from < outage.until());
    }

    /** When it last held anybody up; {@link Long#MIN_VALUE}: it never did. */
    long troubleAt(long now) {
        return outages.stream()
                .filter(outage -> outage.from() <= now)
                .mapToLong(outage -> Math.min(now, outage.until() + AFTERMATH_MILLIS))
                .max()
                .orElse(Long.MIN_VALUE);
    }
}
