package dev.ringpost.dashboard.overview;

import java.time.Duration;
import java.util.Arrays;

/** How far back the overview looks. */
public enum Range {
    HOUR("1h", "1 hour", Duration.ofHours(1), "minute"),
    DAY("24h", "24 hours", Duration.ofDays(1), "hour"),
    WEEK("7d", "7 days", Duration.ofDays(7), "hour"),
    MONTH("30d", "30 days", Duration.ofDays(30), "day");

    private final String code;
    private final String label;
    private final Duration length;
    private final String interval;

    Range(String code, String label, Duration length, String interval) {
        this.code = code;
        this.label = label;
        this.length = length;
        this.interval = interval;
    }

    /** The one with this code; the shortest where there is none. */
    static Range of(String code) {
        return Arrays.stream(values())
                .filter(range -> range.code.equals(code))
                .findFirst()
                .orElse(HOUR);
    }

    /** As it stands in the page's address. */
    public String code() {
        return code;
    }

    public String label() {
        return label;
    }

    Duration length() {
        return length;
    }

    /** How long each point of the charts is. */
    public String interval() {
        return interval;
    }
}
