package dev.ringpost.bench.isolation;

import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.Limits;
import dev.ringpost.secret.MasterKey;
import dev.ringpost.sqlite.SqliteStore;
import dev.ringpost.store.Backlog;
import dev.ringpost.store.CallTimer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** How long the store takes for what a running server asks it again and again; medians, in a process that is warm. */
final class StorePolls {
    private static final int TIMES = 400;
    private static final int FULL_HEAD = 256;

    private final Path data;

    StorePolls(Path data) {
        this.data = data;
    }

    String measure() throws IOException {
        InstantSource clock = InstantSource.system();
        try (SqliteStore store = SqliteStore.open(data, MasterKey.open(data, null), clock)) {
            Backlog backlog = store.backlog();
            List<LaneState> lanes = backlog.waitingLanes();
            Random random = new Random(1);
            return String.format(
                    "%9d  %8.1f  %7.0f  %12.0f  %8.1f  %13.0f",
                    Files.size(data.resolve("ringpost.db")) / 1_000_000,
                    micros(5, backlog::waitingLanes) / 1000,
                    micros(TIMES, () -> backlog.heads(List.of(load(lanes, random, 1)))),
                    micros(TIMES, () -> backlog.heads(List.of(load(lanes, random, FULL_HEAD)))),
                    micros(5, backlog::size) / 1000,
                    micros(TIMES, () -> backlog.dueTimers(CallTimer.Kind.CALL_TIMEOUT, clock.instant(), 100)));
        }
    }

    private static Effect.Load load(List<LaneState> lanes, Random random, int rows) {
        long endpoint = lanes.get(random.nextInt(lanes.size())).endpoint();
        return new Effect.Load(endpoint, new Limits(rows, rows, rows, rows), false);
    }

    private static double micros(int times, Runnable question) {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            question.run();
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[times / 2] / 1000.0;
    }
}
