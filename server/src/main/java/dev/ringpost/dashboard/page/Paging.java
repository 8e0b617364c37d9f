package dev.ringpost.dashboard.page;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Leads on through a list that is read by cursor.
 *
 * @param path of the page
 * @param filters of the list, which a cursor keeps
 * @param next the cursor of the next page; null: this is the last
 * @param first false: pages were before this one
 */
public record Paging(
        String path, Map<String, String> filters, @Nullable String next, boolean first) {
    /** Where the list begins. */
    public String firstLink() {
        return path + Parameters.query(filters);
    }

    /** Where it goes on. */
    public String nextLink() {
        Map<String, String> parameters = new LinkedHashMap<>(filters);
        if (next != null) {
            parameters.put("cursor", next);
        }
        return path + Parameters.query(parameters);
    }
}
