package dev.ringpost.sim.world;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** What happened, line by line, and a hash of all of it: two worlds with one hash went the same way. */
public final class Trace {
    private final int most;
    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private LongSupplier clock = () -> 0;
    private long hash = 17;
    private long steps;

    /** @param most how many lines are kept, the last ones; 0: only the hash */
    public Trace(int most) {
        this.most = most;
    }

    void runsBy(LongSupplier time) {
        clock = time;
    }

    void step(String what, long first, long second) {
        steps++;
        hash = ((hash * 31 + what.hashCode()) * 31 + first) * 31 + second + clock.getAsLong();
    }

    /** With something to read. */
    void step(String what, long first, Supplier<String> detail) {
        step(what, first, 0);
        if (most > 0) {
            if (lines.size() == most) {
                lines.removeFirst();
            }
            lines.add(Instant.ofEpochMilli(clock.getAsLong()) + "  " + what + "  " + detail.get());
        }
    }

    public long hash() {
        return hash;
    }

    public long steps() {
        return steps;
    }

    public List<String> lines() {
        return List.copyOf(lines);
    }
}
