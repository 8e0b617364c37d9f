package dev.ringpost.dispatch;

import dev.ringpost.log.LastingFault;
import dev.ringpost.replay.ReplayStep;
import dev.ringpost.store.Backlog;
import dev.ringpost.store.Replay;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries replays on, step by step, each a short transaction. The accounts take turns, and an account's replays among
 * themselves, so that a long one holds up no other. What it has done is in the store: a restart goes on there.
 */
public final class Replays implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Replays.class);
    private static final long BETWEEN_LOOKS_MILLIS = 250;

    private final Backlog backlog;
    private final Lanes lanes;
    private final LastingFault fault;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("replays").factory());
    private int turn;

    public Replays(Backlog backlog, Lanes lanes, InstantSource clock) {
        this.backlog = backlog;
        this.lanes = lanes;
        this.fault = new LastingFault(LOG, clock, "Replays are carried on again");
    }

    /** Starts to look; called once. */
    public void start() {
        var _ = thread.scheduleWithFixedDelay(
                this::look, BETWEEN_LOOKS_MILLIS, BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Waits for no step that is under way. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        try {
            boolean goesOn = true;
            while (goesOn && !thread.isShutdown()) {
                goesOn = false;
                for (Replay replay : next(backlog.runningReplays())) {
                    goesOn |= step(replay);
                }
            }
            fault.worked();
        } catch (RuntimeException e) {
            if (!thread.isShutdown()) {
                fault.came("Replays could not be carried on, they are tried again: " + e.getMessage());
            }
        }
    }

    private boolean step(Replay replay) {
        return lanes.join(replay.endpoint(), tx -> ReplayStep.take(tx, replay.no()), ReplayStep::lane)
                .join()
                .goesOn();
    }

    /** One of each account. */
    private List<Replay> next(List<Replay> running) {
        Map<Long, List<Replay>> byAccount = new LinkedHashMap<>();
        running.forEach(replay -> byAccount
                .computeIfAbsent(replay.account(), account -> new ArrayList<>())
                .add(replay));
        turn = (turn + 1) & Integer.MAX_VALUE;
        return byAccount.values().stream()
                .map(replays -> replays.get(turn % replays.size()))
                .toList();
    }
}
