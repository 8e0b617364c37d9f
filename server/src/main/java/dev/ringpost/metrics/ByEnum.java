package dev.ringpost.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** A counter for each constant of an enum, made at the start: nothing is made or hashed when something is counted. */
final class ByEnum<E extends Enum<E>> {
    private final Map<E, Counter> counters;

    /** @param value of the label, for each constant */
    ByEnum(
            MeterRegistry registry,
            String name,
            String description,
            String label,
            Class<E> type,
            Function<E, String> value) {
        counters = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            counters.put(
                    constant,
                    Counter.builder(name)
                            .description(description)
                            .tag(label, value.apply(constant))
                            .register(registry));
        }
    }

    void count(E constant) {
        Objects.requireNonNull(counters.get(constant)).increment();
    }
}
