package dev.ringpost.dashboard.call;

import dev.ringpost.dashboard.page.FormTimes;
import dev.ringpost.dashboard.page.Paging;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the page of one call shows.
 *
 * @param cut the call has more events or attempts than are shown
 * @param deliveriesHidden the key may read calls only
 */
public record CallView(Call call, List<Moment> moments, List<Said> said, boolean cut, boolean deliveriesHidden) {
    /** What the analysis found, apart from outcome and summary; null: nothing. */
    public @Nullable String analysis() {
        return call.analysis() == null || call.analysis().isNull() ? null : Timeline.text(call.analysis());
    }

    /** What the platform stored with the call; null: nothing. */
    public @Nullable String metadata() {
        return call.metadata().isEmpty() ? null : Timeline.text(call.metadata());
    }

    /** The list of calls with the filters that it was asked for. */
    public record CallList(List<Call> calls, Map<String, String> filters, Paging paging) {
        public String filter(String name) {
            return filters.getOrDefault(name, "");
        }

        /** As a field for date and time takes it. */
        public String timeFilter(String name) {
            return FormTimes.field(filter(name));
        }
    }
}
