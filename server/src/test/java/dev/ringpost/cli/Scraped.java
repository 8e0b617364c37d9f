package dev.ringpost.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A scrape, read as Prometheus reads it.
 *
 * @param series value of each, by name and labels as they stand in the text
 * @param families by name
 */
record Scraped(Map<String, Double> series, Map<String, Family> families) {
    private static final Pattern SERIES = Pattern.compile("([a-z0-9_]+)(\\{.*})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    /** A metric: its type and what it says of itself. */
    record Family(String name, String type, String help) {}

    static Scraped of(String text) {
        Map<String, Double> series = new LinkedHashMap<>();
        Map<String, String> helps = new TreeMap<>();
        Map<String, Family> families = new TreeMap<>();
        for (String line : text.lines().toList()) {
            String[] words = line.split(" ", 4);
            if (line.startsWith("# HELP")) {
                helps.put(words[2], words[3]);
            } else if (line.startsWith("# TYPE")) {
                families.put(words[2], new Family(words[2], words[3], helps.getOrDefault(words[2], "")));
            } else {
                Matcher matcher = SERIES.matcher(line);
                if (!matcher.matches()) {
                    throw new IllegalArgumentException("not a series: " + line);
                }
                String labels = matcher.group(2) == null ? "" : matcher.group(2);
                series.put(
                        matcher.group(1) + labels,
                        Double.parseDouble(matcher.group(3).replace("+Inf", "Infinity")));
            }
        }
        return new Scraped(series, families);
    }

    double value(String name) {
        Double value = series.get(name);
        if (value == null) {
            throw new AssertionError("there is no " + name + " among " + series.keySet());
        }
        return value;
    }

    /** All names that a query may use. */
    Collection<String> names() {
        return series.keySet().stream()
                .map(each -> each.replaceAll("\\{.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The labels of a metric. */
    List<String> labels(String family) {
        TreeSet<String> labels = new TreeSet<>();
        for (String each : series.keySet()) {
            if (each.startsWith(family)) {
                LABEL.matcher(each).results().forEach(found -> labels.add(found.group(1)));
            }
        }
        labels.remove("le");
        return List.copyOf(labels);
    }
}
