package dev.ringpost.metrics;

import dev.ringpost.call.EventType;
import dev.ringpost.commit.CommitListener;
import dev.ringpost.commit.Written;
import dev.ringpost.store.Event;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commits, and the events that came with them. */
final class CommitMetrics implements CommitListener {
    private final ByEnum<EventType> events;
    private final Timer duration;
    private final DistributionSummary batchSize;
    private final Counter failures;

    CommitMetrics(MeterRegistry registry) {
        this.events = new ByEnum<>(
                registry,
                "ringpost.events",
                "Events that calls fired and that are on disk",
                "type",
                EventType.OF_CALLS,
                EventType::wireName);
        this.duration = Timer.builder("ringpost.commit.duration")
                .description("From the begin of a batch to the end of its commit")
                .serviceLevelObjectives(Buckets.COMMIT)
                .register(registry);
        this.batchSize = DistributionSummary.builder("ringpost.commit.batch.size")
                .description("Results, commands and changes in a committed batch")
                .serviceLevelObjectives(Buckets.BATCH)
                .register(registry);
        this.failures = Counter.builder("ringpost.commit.failures")
                .description("Batches that could not be committed")
                .register(registry);
    }

    @Override
    public void committed(int size, long nanos, List<Event> fired, Written written) {
        duration.record(nanos, TimeUnit.NANOSECONDS);
        batchSize.record(size);
        for (Event event : fired) {
            events.count(event.type());
        }
    }

    @Override
    public void failed(int size) {
        failures.increment();
    }
}
