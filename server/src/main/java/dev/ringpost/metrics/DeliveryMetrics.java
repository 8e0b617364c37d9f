package dev.ringpost.metrics;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.dispatch.DeliveryListener;
import dev.ringpost.id.NumberSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
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
                EnumSet.allOf(Verdict.class),
                DeliveryMetrics::label);
        this.ends = new ByEnum<>(
                registry,
                "ringpost.deliveries",
                "Deliveries that ended",
                "end",
                EnumSet.allOf(DeliveryEnd.class),
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
    public void begins(Effect.Send send, Instant now) {
        if (send.attempt() == 1) {
            record(firstAttemptLag, send, now);
        }
    }

    @Override
    public void attempted(Effect.Send send, AttemptResult result, Instant now) {
        attempts.count(result.verdict());
        duration.record(result.duration());
        if (result.verdict() == Verdict.SUCCEEDED) {
            record(successLag, send, now);
        }
    }

    @Override
    public void ended(LaneWrite.Finish end, Instant now) {
        ends.count(end.end());
    }

    /** A replay is late because somebody wants it so. */
    private static void record(Timer lag, Effect.Send send, Instant now) {
        if (send.replay() == 0) {
            long fired = NumberSource.timeOf(send.delivery().event()).toEpochMilli();
            lag.record(Math.max(0, now.toEpochMilli() - fired), TimeUnit.MILLISECONDS);
        }
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
