package dev.ringpost.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** A counter for each of some constants, made at the start: nothing is made or hashed when something is counted. */
final class ByEnum<E extends Enum<E>> {
    private final Map<E, Counter> counters;

    /** @param value of the label, for each constant */
    ByEnum(
            MeterRegistry registry,
            String name,
            String description,
            String label,
            Set<E> constants,
            Function<E, String> value) {
        Map<E, Counter> made = new HashMap<>();
        for (E constant : constants) {
            made.put(
                    constant,
                    Counter.builder(name)
                            .description(description)
                            .tag(label, value.apply(constant))
                            .register(registry));
        }
        counters = new EnumMap<>(made);
    }

    void count(E constant) {
        Objects.requireNonNull(counters.get(constant)).increment();
    }
}
