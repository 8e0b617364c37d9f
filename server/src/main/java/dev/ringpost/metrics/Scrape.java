package dev.ringpost.metrics;

import dev.ringpost.api.Metrics;
import dev.ringpost.delivery.EngineView;
import dev.ringpost.store.BacklogSize;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Answers a scrape: asks first for what nobody tells. A value that could not be had in time is NaN. */
final class Scrape implements Metrics {
    private static final long PATIENCE_MILLIS = 1000;

    private final PrometheusMeterRegistry registry;
    private final Sources sources;
    private final BacklogGauge backlog;
    private final InstantSource clock;
    private volatile State state = new State(null, null, false);

    /** What was asked for. */
    private record State(
            @Nullable EngineView engine, @Nullable BacklogSize backlog, boolean ready) {}

    Scrape(PrometheusMeterRegistry registry, Sources sources, Executor blocking, InstantSource clock) {
        this.registry = registry;
        this.sources = sources;
        this.backlog = new BacklogGauge(sources.backlog(), blocking, clock);
        this.clock = clock;
        new DiskSpaceMetrics(sources.dataFolder().toFile(), Tags.empty()).bindTo(registry);
        gauge("ringpost.ready", "1 where /readyz answers 200, else 0", now -> now.ready() ? 1 : 0);
        gauge(
                "ringpost.commands.waiting",
                "Reports and other commands that wait for a commit",
                now -> sources.commandsWaiting().getAsInt());
        gauge(
                "ringpost.sockets.open",
                "Sockets to endpoints, kept ones included",
                now -> sources.openSockets().getAsInt());
        gauge(
                "ringpost.database.bytes",
                "Length of the database's file",
                now -> sources.databaseBytes().getAsLong());
        gauge(
                "ringpost.wal.bytes",
                "Length of the database's write-ahead log",
                now -> sources.logBytes().getAsLong());
        engineGauges();
        backlogGauges("fresh", BacklogSize::fresh);
        backlogGauges("queue", BacklogSize::queue);
    }

    @Override
    public String text() {
        state = new State(engine(), backlog.size(), sources.readiness().whyNot().isEmpty());
        return registry.scrape();
    }

    private void engineGauges() {
        engineGauge(
                "ringpost.breakers.open", "Endpoints whose breaker holds deliveries back", EngineView::breakersOpen);
        engineGauge(
                "ringpost.lanes", "Endpoints that have something to do, or had until a minute ago", EngineView::lanes);
        engineGauge("ringpost.deliveries.in.memory", "Deliveries in memory, in flight included", EngineView::inMemory);
        engineGauge("ringpost.attempts.in.flight", "Attempts that were begun and not ended", EngineView::inFlight);
        engineGauge(
                "ringpost.network.down",
                "Delivery engines, one a processor, that reach nobody and take the network for down",
                EngineView::cutOff);
        engineGauge("ringpost.results.unrecorded", "Attempts that ended and are not committed", EngineView::unrecorded);
    }

    private void engineGauge(String name, String description, ToDoubleFunction<EngineView> value) {
        gauge(name, description, now -> now.engine() == null ? Double.NaN : value.applyAsDouble(now.engine()));
    }

    private void backlogGauges(String place, Function<BacklogSize, BacklogSize.Part> part) {
        Gauge.builder("ringpost.deliveries.waiting", this, scrape -> scrape.waiting(part))
                .description("Deliveries that wait: fresh ones are about to be tried, the queue waits for its time")
                .tag("place", place)
                .register(registry);
        Gauge.builder("ringpost.oldest.waiting", this, scrape -> scrape.oldest(part))
                .description("Age of the oldest event that waits")
                .baseUnit("seconds")
                .tag("place", place)
                .register(registry);
    }

    private double waiting(Function<BacklogSize, BacklogSize.Part> part) {
        BacklogSize size = state.backlog();
        return size == null ? Double.NaN : part.apply(size).deliveries();
    }

    private double oldest(Function<BacklogSize, BacklogSize.Part> part) {
        BacklogSize size = state.backlog();
        if (size == null) {
            return Double.NaN;
        }
        Instant oldest = part.apply(size).oldest();
        return oldest == null ? 0 : Math.max(0, (clock.millis() - oldest.toEpochMilli()) / 1000.0);
    }

    private void gauge(String name, String description, ToDoubleFunction<State> value) {
        Gauge.builder(name, this, scrape -> value.applyAsDouble(scrape.state))
                .description(description)
                .register(registry);
    }

    private @Nullable EngineView engine() {
        try {
            return sources.engine().get().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            return null;
        }
    }
}
