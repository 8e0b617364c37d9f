package dev.ringpost.bench;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** One thing that was measured. */
final class Row {
    private final String name;
    private final Map<Column, Double> values = new EnumMap<>(Column.class);

    Row(String name) {
        this.name = name;
    }

    Row with(Column column, double value) {
        values.put(column, value);
        return this;
    }

    /** Not a number where nothing is known. */
    double value(Column column) {
        return values.getOrDefault(column, Double.NaN);
    }

    String name() {
        return name;
    }

    /** Three digits that count, or all before the point; empty where nothing is known. */
    String text(Column column) {
        Double value = values.get(column);
        if (value == null || !Double.isFinite(value)) {
            return "";
        }
        double size = Math.abs(value);
        int decimals = value == Math.rint(value) || size >= 100 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
