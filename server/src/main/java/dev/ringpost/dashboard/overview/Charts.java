package dev.ringpost.dashboard.overview;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The numbers as {@code charts.js} takes them: columns, times in seconds since 1970. */
final class Charts {
    private Charts() {}

    static String json(Stats stats) {
        ObjectNode columns = JsonNodeFactory.instance.objectNode();
        add(columns, "at", stats, item -> Instant.parse(item.at()).getEpochSecond());
        add(columns, "events", stats, Stats.Item::events);
        add(columns, "succeeded", stats, Stats.Item::attemptsSucceeded);
        add(columns, "failed", stats, Stats.Item::attemptsFailed);
        add(columns, "p50", stats, Stats.Item::lagP50Ms);
        add(columns, "p99", stats, Stats.Item::lagP99Ms);
        return columns.toString();
    }

    private static void add(ObjectNode columns, String name, Stats stats, Value value) {
        ArrayNode column = columns.putArray(name);
        stats.items().forEach(item -> column.add(value.of(item)));
    }

    @FunctionalInterface
    private interface Value {
        @Nullable
        Long of(Stats.Item item);
    }
}
