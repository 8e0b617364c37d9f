package dev.ringpost.sim.world;

import dev.ringpost.intake.CallCommand;
import dev.ringpost.intake.Intake;
import dev.ringpost.store.CallTimer;
import java.time.Instant;
import java.util.List;

/** Wakes calls whose timers are due, as {@code dev.ringpost.timer.CallTimers} does on the server. */
final class Timing {
    private static final long BETWEEN_LOOKS_MILLIS = 200;
    private static final int SLICE = 200;
    private static final List<CallTimer.Kind> KINDS =
            List.of(CallTimer.Kind.ANALYSIS_WAIT, CallTimer.Kind.CALL_TIMEOUT);

    private final World world;
    private final Node node;
    private final BatchWriter writer;
    private long lookAt = Long.MAX_VALUE;

    Timing(World world, Node node, BatchWriter writer) {
        this.world = world;
        this.node = node;
        this.writer = writer;
    }

    /** Timers may have changed: the next look is when the earliest of them is due. */
    void look() {
        long earliest = Long.MAX_VALUE;
        for (CallTimer.Kind kind : KINDS) {
            earliest = Math.min(
                    earliest,
                    world.store()
                            .rows()
                            .nextTimer(kind)
                            .map(Instant::toEpochMilli)
                            .orElse(Long.MAX_VALUE));
        }
        if (earliest < lookAt) {
            lookAt(earliest);
        }
    }

    private void lookAt(long earliest) {
        lookAt = earliest;
        long wait = Math.max(0, earliest - world.agenda().now()) + BETWEEN_LOOKS_MILLIS;
        node.after(wait, () -> {
            if (lookAt == earliest) {
                wake();
            }
        });
    }

    private void wake() {
        Instant now = Instant.ofEpochMilli(world.agenda().now());
        List<CallCommand> commands = KINDS.stream()
                .flatMap(kind -> world.store().backlog().dueTimers(kind, now, SLICE).stream())
                .map(Intake::timerCommand)
                .toList();
        if (commands.isEmpty()) {
            again();
        } else {
            writer.add(new Work.Commands(commands, answers -> again(), () -> node.after(1000, this::wake)));
        }
    }

    private void again() {
        lookAt = Long.MAX_VALUE;
        look();
    }
}
