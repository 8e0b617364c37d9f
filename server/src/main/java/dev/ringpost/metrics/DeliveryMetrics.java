package dev.ringpost.metrics;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.dispatch.DeliveryListener;
import dev.ringpost.id.NumberSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Attempts, how long they took, and how late they were. */
final class DeliveryMetrics implements DeliveryListener {
    private final ByEnum<Verdict> attempts;
    private final ByEnum<DeliveryEnd> ends;
    private final Timer duration;
    private final Timer firstAttemptLag;
    private final Timer successLag;

    DeliveryMetrics(MeterRegistry registry) {
        this.attempts = new ByEnum<>(
                registry,
                "ringpost.attempts",
                "Attempts that ended, tests of webhooks left out",
                "outcome",
                Verdict.class,
                DeliveryMetrics::label);
        this.ends = new ByEnum<>(
                registry,
                "ringpost.deliveries",
                "Deliveries that ended",
                "end",
                DeliveryEnd.class,
                DeliveryMetrics::label);
        this.duration = timer(
                registry, "ringpost.attempt.duration", "From the lookup of the host to the answer", Buckets.ATTEMPT);
        this.firstAttemptLag = timer(
                registry,
                "ringpost.first.attempt.lag",
                "From the event to the first attempt of its delivery",
                Buckets.FIRST_ATTEMPT);
        this.successLag = timer(
                registry, "ringpost.success.lag", "From the event to the success of its delivery", Buckets.SUCCESS);
    }

    @Override
    public void begins(Delivery delivery, int attempt, Instant now) {
        if (attempt == 1) {
            record(firstAttemptLag, delivery, now);
        }
    }

    @Override
    public void attempted(Delivery delivery, int attempt, AttemptResult result, Instant now) {
        attempts.count(result.verdict());
        duration.record(result.duration());
        if (result.verdict() == Verdict.SUCCEEDED) {
            record(successLag, delivery, now);
        }
    }

    @Override
    public void ended(LaneWrite.Finish end, Instant now) {
        ends.count(end.end());
    }

    private static void record(Timer lag, Delivery delivery, Instant now) {
        long fired = NumberSource.timeOf(delivery.event()).toEpochMilli();
        lag.record(Math.max(0, now.toEpochMilli() - fired), TimeUnit.MILLISECONDS);
    }

    private static Timer timer(MeterRegistry registry, String name, String description, Duration[] buckets) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
