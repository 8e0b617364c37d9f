package dev.ringpost.sim.world;

import dev.ringpost.sim.plan.Dice;
import dev.ringpost.sim.plan.Step.Boundary;
import dev.ringpost.sim.plan.Step.Fault;
import dev.ringpost.sim.plan.Step.StoreFails;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What goes wrong at the store's boundaries at the moment. */
final class StoreFaults {
    private final Agenda agenda;
    private final Dice dice;
    private final Counts counts;
    private final List<Trouble> troubles = new ArrayList<>();
    private long crossings;
    private long lastAt = Long.MIN_VALUE;

    private record Trouble(long until, StoreFails step) {}

    StoreFaults(Agenda agenda, Dice dice, Counts counts) {
        this.agenda = agenda;
        this.dice = dice;
        this.counts = counts;
    }

    void begin(StoreFails step) {
        troubles.add(new Trouble(agenda.now() + step.millis(), step));
    }

    void end() {
        troubles.clear();
    }

    /** When something last went wrong, or may have. */
    long lastAt() {
        return lastAt;
    }

    /** Null: nothing goes wrong. */
    @Nullable
    Fault at(Boundary boundary) {
        troubles.removeIf(trouble -> trouble.until() < agenda.now());
        for (Trouble trouble : troubles) {
            lastAt = agenda.now();
            if (trouble.step().boundary() == boundary
                    && dice.of(crossings++).below(100) < trouble.step().percent()) {
                counts.add("fault: store " + boundary + " " + trouble.step().fault());
                return trouble.step().fault();
            }
        }
        return null;
    }
}
