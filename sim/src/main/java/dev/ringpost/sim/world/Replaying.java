package dev.ringpost.sim.world;

import dev.ringpost.replay.ReplayStep;
import dev.ringpost.store.Replay;
import java.util.List;

/** Carries replays on, step by step, as {@code dev.ringpost.dispatch.Replays} does on the server. */
final class Replaying {
    private static final long BETWEEN_LOOKS_MILLIS = 250;
    private static final long LONGEST_MILLIS = 8_000;

    private final World world;
    private final Node node;
    private final EngineShell shell;
    private long pause = BETWEEN_LOOKS_MILLIS;
    private boolean looking;

    Replaying(World world, Node node, EngineShell shell) {
        this.world = world;
        this.node = node;
        this.shell = shell;
    }

    /** There may be something to do. */
    void look() {
        pause = BETWEEN_LOOKS_MILLIS;
        if (!looking) {
            looking = true;
            node.after(BETWEEN_LOOKS_MILLIS, this::step);
        }
    }

    private void step() {
        List<Replay> running = world.store().backlog().runningReplays().stream()
                .filter(replay -> shell.isOwn(replay.endpoint()))
                .toList();
        looking = !running.isEmpty();
        if (looking) {
            step(running.get((int) Math.floorMod(world.agenda().now(), (long) running.size())));
        }
    }

    private void step(Replay replay) {
        shell.change(
                tx -> ReplayStep.take(tx, replay.no()),
                step -> {
                    if (shell.isOwn(replay.endpoint())) {
                        step.lane().ifPresent(lane -> shell.tell(engine -> engine.joined(lane)));
                    }
                    // A replay that can't go on now is looked at less and less often.
                    pause = step.goesOn() ? 1 : Math.min(LONGEST_MILLIS, Math.max(BETWEEN_LOOKS_MILLIS, pause * 2));
                    node.after(pause, this::step);
                },
                () -> node.after(BETWEEN_LOOKS_MILLIS, this::step));
    }
}
