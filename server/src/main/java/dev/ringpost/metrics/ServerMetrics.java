package dev.ringpost.metrics;

import dev.ringpost.api.Metrics;
import dev.ringpost.api.http.RequestListener;
import dev.ringpost.commit.CommitListener;
import dev.ringpost.dispatch.DeliveryListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** The metrics of one server: who is to be told hands over its listener, and what is asked for is in {@link Sources}. */
public final class ServerMetrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final CommitMetrics commits = new CommitMetrics(registry);
    private final DeliveryMetrics deliveries = new DeliveryMetrics(registry);
    private final RequestMetrics requests = new RequestMetrics(registry);

    /** @param version of Ringpost */
    public ServerMetrics(String version) {
        garbageCollection.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        Gauge.builder("ringpost.build.info", () -> 1)
                .description("Which Ringpost this is")
                .tag("version", version)
                .register(registry);
    }

    public CommitListener commits() {
        return commits;
    }

    public DeliveryListener deliveries() {
        return deliveries;
    }

    public RequestListener requests() {
        return requests;
    }

    /** Watches how late event loops are. */
    public void watch(Vertx vertx, List<Context> loops) {
        EventLoopDelay delay = new EventLoopDelay(vertx, registry);
        loops.forEach(delay::watch);
    }

    /**
     * Registers what is asked for at each scrape; called once.
     *
     * @param blocking runs what takes long
     */
    public Metrics scrape(Sources sources, Executor blocking, InstantSource clock) {
        return new Scrape(registry, sources, blocking, clock);
    }

    /**
     * Asks these at each scrape; called once.
     *
     * @param open streams of the API
     * @param bytes that wait for their clients
     */
    public void watchStreams(IntSupplier open, LongSupplier bytes) {
        Gauge.builder("ringpost.streams.open", open::getAsInt)
                .description("Streams of events and of deliveries that somebody reads")
                .register(registry);
        Gauge.builder("ringpost.stream.bytes", bytes::getAsLong)
                .description("Bytes that wait for the readers of streams")
                .register(registry);
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
