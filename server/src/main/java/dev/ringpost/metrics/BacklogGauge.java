package dev.ringpost.metrics;

import dev.ringpost.store.BacklogSize;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much waits. It is counted when somebody asks, one count at a time and each followed by a rest of twenty times as
 * long: so counting takes no more than a twentieth of a reader, however much waits and however often one asks.
 */
final class BacklogGauge {
    private static final Logger LOG = LoggerFactory.getLogger(BacklogGauge.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int REST = 20;

    private final Supplier<BacklogSize> count;
    private final Executor blocking;
    private final InstantSource clock;
    private @Nullable CompletableFuture<?> counting;
    private long nextAt;
    private volatile @Nullable BacklogSize last;

    BacklogGauge(Supplier<BacklogSize> count, Executor blocking, InstantSource clock) {
        this.count = count;
        this.blocking = blocking;
        this.clock = clock;
    }

    /** As it is now where that is known within a second, else as it was last; null where that isn't known either. */
    @Nullable
    BacklogSize size() {
        try {
            current().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException e) {
            LOG.debug("What waits is still being counted, or could not be: {}", e.toString());
        }
        return last;
    }

    private synchronized CompletableFuture<?> current() {
        CompletableFuture<?> running = counting;
        if (running != null && (!running.isDone() || clock.millis() < nextAt)) {
            return running;
        }
        CompletableFuture<?> begun = CompletableFuture.runAsync(this::count, blocking);
        counting = begun;
        return begun;
    }

    private void count() {
        long begin = clock.millis();
        try {
            last = count.get();
        } finally {
            rest(clock.millis() - begin);
        }
    }

    private synchronized void rest(long took) {
        nextAt = clock.millis() + REST * took;
    }
}
