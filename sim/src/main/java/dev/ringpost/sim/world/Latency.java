package dev.ringpost.sim.world;

import dev.ringpost.sim.plan.Dice;
import dev.ringpost.sim.plan.Plan;

/** How long things take, in milliseconds. */
final class Latency {
    private final Plan plan;
    private final Dice dice;
    private long drawn;

    Latency(Plan plan, Dice dice) {
        this.plan = plan;
        this.dice = dice;
    }

    private Dice next() {
        return dice.of(drawn++);
    }

    /** One way between a node and the store. */
    long commit() {
        return plan.commitMillis() == 0 ? 0 : next().exponential(plan.commitMillis() / 2.0);
    }

    long read() {
        return plan.readMillis() == 0 ? 0 : next().exponential(plan.readMillis() / 2.0);
    }

    /** Where something is late. */
    long trouble() {
        return 200 + next().exponential(3_000);
    }

    /** How many statements go well before one fails. */
    int statements() {
        return next().below(9);
    }

    /** Between two nodes. */
    long hint() {
        return 1 + next().exponential(20);
    }
}
