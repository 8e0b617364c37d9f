package dev.ringpost.call;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What waits for call.ended, at most one of a type, in the order it came. */
record HeldReports(List<Report> reports) {
    static final HeldReports NONE = new HeldReports(List.of());

    /** The report takes the place of one of the same type. */
    HeldReports with(Report report) {
        List<Report> waiting = new ArrayList<>(reports);
        waiting.removeIf(other -> other.getClass() == report.getClass());
        waiting.add(report);
        return new HeldReports(List.copyOf(waiting));
    }

    Report.@Nullable Analyzed analysis() {
        for (Report report : reports) {
            if (report instanceof Report.Analyzed waiting) {
                return waiting;
            }
        }
        return null;
    }
}
