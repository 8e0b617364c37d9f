package dev.ringpost.dashboard.webhook;

import dev.ringpost.dashboard.client.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The faults of a form, each beside its field. */
public record Faults(Map<String, String> byField, String other) {
    private static final Set<String> PLAIN = Set.of("name", "url", "events");
    static final Faults NONE = new Faults(Map.of(), "");

    /**
     * Sorts a refusal: what is about a field of the form goes there, also from inside it (an entry of a list); the rest is
     * told above the form.
     */
    static Faults of(Problem problem, Iterable<String> fields) {
        Map<String, String> byField = new LinkedHashMap<>();
        StringBuilder other = new StringBuilder();
        for (Problem.Fault fault : problem.faults()) {
            String field = fieldOf(fault.pointer(), fields);
            String inside = fault.pointer().substring(Math.min(fault.pointer().length(), field.length() + 1));
            String message = (inside.isEmpty() ? "" : inside.substring(1) + " ") + fault.message();
            if (field.isEmpty()) {
                other.append(other.isEmpty() ? "" : "; ").append(message);
            } else {
                byField.merge(field, message, (one, two) -> one + "; " + two);
            }
        }
        return new Faults(byField, problem.faults().isEmpty() ? problem.message() : other.toString());
    }

    /** All in one line. */
    static String told(Problem problem) {
        return problem.faults().isEmpty()
                ? problem.message()
                : problem.faults().stream()
                        .map(fault -> fault.pointer().replaceFirst("^/", "") + " " + fault.message())
                        .collect(Collectors.joining("; "));
    }

    public boolean has(String field) {
        return byField.containsKey(field);
    }

    /** Empty where the field is right. */
    public String of(String field) {
        return byField.getOrDefault(field, "");
    }

    /** One of the fields beyond the first ones is wrong: so they are shown unfolded. */
    public boolean isAdvanced() {
        return byField.keySet().stream().anyMatch(field -> !PLAIN.contains(field));
    }

    private static String fieldOf(String pointer, Iterable<String> fields) {
        for (String field : fields) {
            if (pointer.equals("/" + field) || pointer.startsWith("/" + field + "/")) {
                return field;
            }
        }
        return "";
    }
}
