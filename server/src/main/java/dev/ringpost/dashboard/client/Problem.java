package dev.ringpost.dashboard.client;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why the API refused (RFC 9457).
 *
 * @param errors the faults of fields; empty where it is about something else
 */
public record Problem(
        @Nullable String type,
        @Nullable String title,
        int status,
        @Nullable String detail,
        @Nullable List<Fault> errors) {
    private static final String COMMON = "https://ringpost.dev/problems/";

    /** @param pointer the field, as a JSON pointer */
    public record Fault(String pointer, String message) {}

    /** The kind of problem, such as {@code not-found}. */
    public String kind() {
        return type == null ? "" : type.replace(COMMON, "");
    }

    /** What a person can act on. */
    public String message() {
        if (detail != null) {
            return detail;
        }
        return title == null ? "The server answered with status " + status : title;
    }

    /** The same with every fault of a field, in one line. */
    public String told() {
        return faults().isEmpty()
                ? message()
                : faults().stream()
                        .map(fault -> fault.pointer().replaceFirst("^/", "") + " " + fault.message())
                        .collect(Collectors.joining("; "));
    }

    public List<Fault> faults() {
        return errors == null ? List.of() : errors;
    }
}
