package dev.ringpost.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * How long each event loop lets a due timer wait. Everything on the hot path goes through these loops, so a late timer
 * means that all of it is late.
 */
final class EventLoopDelay {
    private static final long INTERVAL_MILLIS = 100;

    private final Vertx vertx;
    private final Timer delay;

    EventLoopDelay(Vertx vertx, MeterRegistry registry) {
        this.vertx = vertx;
        this.delay = Timer.builder("ringpost.event.loop.delay")
                .description("How late an event loop runs a timer that is due")
                .serviceLevelObjectives(Buckets.EVENT_LOOP)
                .register(registry);
    }

    /** Watches the loop until Vert.x is closed. */
    void watch(Context loop) {
        loop.runOnContext(ignored -> next());
    }

    /** A timer is set anew each time: one that repeats would make up for a long delay with many short ones. */
    private void next() {
        long begin = System.nanoTime();
        vertx.setTimer(INTERVAL_MILLIS, ignored -> {
            long late = System.nanoTime() - begin - TimeUnit.MILLISECONDS.toNanos(INTERVAL_MILLIS);
            delay.record(Math.max(0, late), TimeUnit.NANOSECONDS);
            next();
        });
    }
}
