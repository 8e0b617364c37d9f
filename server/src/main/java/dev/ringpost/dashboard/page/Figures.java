package dev.ringpost.dashboard.page;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as people read them. */
public final class Figures {
    private static final String NONE = "–";

    private Figures() {}

    /** With thousands set apart. */
    public static String count(long count) {
        return format("#,##0", (double) count);
    }

    /** In percent; what is not quite all of it is never rounded up to 100 %. */
    public static String percent(@Nullable Double share) {
        return share == null ? NONE : format("0.##", Math.floor(share * 10_000) / 100) + " %";
    }

    /** A duration in the unit that suits it. */
    public static String millis(@Nullable Long millis) {
        return millis == null ? NONE : duration(millis);
    }

    /** A duration in seconds, in the unit that suits it. */
    public static String seconds(@Nullable Double seconds) {
        return seconds == null ? NONE : duration(seconds * 1000);
    }

    private static String duration(double millis) {
        Unit unit = Unit.MILLISECOND;
        for (Unit longer : Unit.values()) {
            unit = millis >= longer.millis ? longer : unit;
        }
        return format(unit == Unit.MILLISECOND ? "0" : "0.#", millis / unit.millis) + " " + unit.symbol;
    }

    /** The shortest first. */
    private enum Unit {
        MILLISECOND("ms", 1),
        SECOND("s", 1000),
        MINUTE("min", 60_000),
        HOUR("h", 3_600_000),
        DAY("d", 86_400_000);

        private final String symbol;
        private final long millis;

        Unit(String symbol, long millis) {
            this.symbol = symbol;
            this.millis = millis;
        }
    }

    private static String format(String pattern, double number) {
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }
}
