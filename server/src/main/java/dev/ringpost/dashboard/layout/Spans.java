package dev.ringpost.dashboard.layout;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them: {@code 5s}, {@code 5m}, {@code 2h}, {@code 1d}. */
public final class Spans {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,7})\\s*(s|m|h|d|)");
    private static final Map<String, Integer> UNITS = units();

    private Spans() {}

    private static Map<String, Integer> units() {
        Map<String, Integer> units = new LinkedHashMap<>();
        units.put("d", 86_400);
        units.put("h", 3_600);
        units.put("m", 60);
        units.put("s", 1);
        return units;
    }

    /** In the largest unit that needs no fraction. */
    public static String ofSeconds(long seconds) {
        if (seconds != 0) {
            for (Map.Entry<String, Integer> unit : UNITS.entrySet()) {
                if (seconds % unit.getValue() == 0) {
                    return seconds / unit.getValue() + unit.getKey();
                }
            }
        }
        return seconds + "s";
    }

    /** Seconds; -1 where the text is none. Without a unit it is seconds. */
    public static long parse(String text) {
        Matcher matcher = SPAN.matcher(text.strip());
        if (!matcher.matches()) {
            return -1;
        }
        String unit = matcher.group(2);
        return Long.parseLong(matcher.group(1)) * UNITS.getOrDefault(unit.isEmpty() ? "s" : unit, 1);
    }

    /** Milliseconds as {@code 12 ms} or {@code 1.4 s}. */
    public static String ofMillis(long millis) {
        return millis < 1000 ? millis + " ms" : "%.1f s".formatted(millis / 1000.0);
    }
}
