package dev.ringpost.metrics;

import dev.ringpost.api.http.RequestListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Requests to the API. The label operation is a path's template, never the path itself. */
final class RequestMetrics implements RequestListener {
    private final MeterRegistry registry;
    private final LongAdder inFlight = new LongAdder();
    private final Counter faults;
    private final Map<String, OfOperation> operations = new ConcurrentHashMap<>();

    RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
        // A counter of its own, because one that begins with its first fault shows no increase.
        this.faults = Counter.builder("ringpost.faults")
                .description("Requests that were answered with 500: a fault of Ringpost, told in the log")
                .register(registry);
        Gauge.builder("ringpost.http.requests.in.flight", inFlight, LongAdder::sum)
                .description("Requests that came and are not answered")
                .register(registry);
    }

    @Override
    public OfOperation of(String operation) {
        return operations.computeIfAbsent(operation, One::new);
    }

    private final class One implements OfOperation {
        private final String operation;
        private final Timer duration;

        /** At each status' place the counter of its answers. Most operations answer with few of them. */
        private final AtomicReferenceArray<@Nullable Counter> statuses = new AtomicReferenceArray<>(600);

        One(String operation) {
            this.operation = operation;
            this.duration = Timer.builder("ringpost.http.request.duration")
                    .description("From a request's head to its answer")
                    .tag("operation", operation)
                    .serviceLevelObjectives(Buckets.REQUEST)
                    .register(registry);
        }

        @Override
        public void came() {
            inFlight.increment();
        }

        @Override
        public void answered(int status, long nanos) {
            inFlight.decrement();
            duration.record(nanos, TimeUnit.NANOSECONDS);
            if (status == 500) {
                faults.increment();
            }
            Counter known = statuses.get(status);
            (known == null ? register(status) : known).increment();
        }

        private Counter register(int status) {
            Counter counter = Counter.builder("ringpost.http.requests")
                    .description("Requests that were answered")
                    .tag("operation", operation)
                    .tag("status", Integer.toString(status))
                    .register(registry);
            statuses.set(status, counter);
            return counter;
        }
    }
}
