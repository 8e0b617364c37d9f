package dev.ringpost.dashboard.delivery;

import dev.ringpost.dashboard.page.FormTimes;
import dev.ringpost.dashboard.page.Paging;
import dev.ringpost.dashboard.page.Parameters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A page of the attempt log, or the rows that came in front of one.
 *
 * @param filters those that are set, by the names that the API has for them
 * @param newest the row that was the first before these; its id is empty where there was none
 * @param gap true: more came than are here
 */
public record Log(List<Attempt> rows, Map<String, String> filters, Paging paging, Mark newest, boolean gap) {
    static final List<String> FILTERS = List.of("event", "status", "final", "call_id", "webhook_id", "since", "until");

    /** A row of the log: rows only ever come in front of it. */
    public record Mark(String id, String completedAt) {
        static final Mark NONE = new Mark("", "");

        static Mark of(Parameters query) {
            return new Mark(query.text("after"), query.text("after_at"));
        }
    }

    /** The filters as a person set them. */
    static Map<String, String> filters(Parameters query) {
        Map<String, String> filters = query.filled(FILTERS);
        filters.replaceAll((name, value) -> isTime(name) ? FormTimes.time(value) : value);
        return filters;
    }

    private static boolean isTime(String name) {
        return name.equals("since") || name.equals("until");
    }

    /** Rows can still come in front of these. */
    public boolean isLive() {
        return paging.first() && !filters.containsKey("until");
    }

    /** Where to look for rows that are newer than these. */
    public String newerLink() {
        Mark first = rows.isEmpty()
                ? newest
                : new Mark(rows.getFirst().id(), rows.getFirst().completedAt());
        Map<String, String> parameters = new LinkedHashMap<>(filters);
        parameters.put("after", first.id());
        parameters.put("after_at", first.completedAt());
        return paging.path() + "/newer" + Parameters.query(parameters);
    }

    /** What a filter's field shows. */
    public String filter(String name) {
        String value = filters.getOrDefault(name, "");
        return isTime(name) ? FormTimes.field(value) : value;
    }
}
