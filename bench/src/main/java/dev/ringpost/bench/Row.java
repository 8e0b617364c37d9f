package dev.ringpost.bench;

import java.util.EnumMap;
import java.util.List;
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

    /** Each value that both have, divided by the other's. */
    Row over(Row other, String name) {
        Row ratio = new Row(name);
        values.forEach((column, value) -> {
            if (other.values.containsKey(column)) {
                ratio.with(column, value / other.value(column));
            }
        });
        return ratio;
    }

    /** Of each column the middle of its values; of an even number the lower one. */
    static Row median(String name, List<Row> rows) {
        Row median = new Row(name);
        for (Column column : Column.values()) {
            double[] values = rows.stream()
                    .mapToDouble(row -> row.value(column))
                    .filter(Double::isFinite)
                    .sorted()
                    .toArray();
            if (values.length > 0) {
                median.with(column, values[(values.length - 1) / 2]);
            }
        }
        return median;
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
