package dev.ringpost.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Times as the contract has them: in UTC, with milliseconds and {@code Z}, which format date-time alone does not ask. */
final class Times {
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
    private static final Set<String> USERS = Set.of("metadata", "variables", "overrides", "analysis", "messages");

    private Times() {}

    /** Fields that end in {@code _at} and are no such time. */
    static List<String> faults(JsonNode json) {
        List<String> faults = new ArrayList<>();
        collect(json, faults);
        return faults;
    }

    private static void collect(JsonNode json, List<String> faults) {
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            JsonNode value = field.getValue();
            if (field.getKey().endsWith("_at")
                    && value.isTextual()
                    && !TIME.matcher(value.asText()).matches()) {
                faults.add(field.getKey() + " is no time in UTC with milliseconds: " + value);
            }
            if (!USERS.contains(field.getKey())) {
                collect(value, faults);
            }
        }
        if (json.isArray()) {
            json.forEach(element -> collect(element, faults));
        }
    }
}
