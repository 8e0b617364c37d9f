package dev.ringpost.dashboard.page;

import dev.ringpost.dashboard.client.Problem;
import dev.ringpost.dashboard.client.Refused;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The parameters of a query, or the fields of a form. */
public final class Parameters {
    private static final int MOST = 1024;

    private final Map<String, List<String>> values;

    private Parameters(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * @param text as {@code application/x-www-form-urlencoded}, without a question mark
     * @throws Refused 400 where its percent-encoding is broken
     */
    static Parameters parse(String text) {
        try {
            return new Parameters(new QueryStringDecoder(text, StandardCharsets.UTF_8, false, MOST).parameters());
        } catch (IllegalArgumentException e) {
            throw new Refused(new Problem(
                    null, "Not understood", 400, "The percent-encoding of the address or form is broken.", List.of()));
        }
    }

    /** One value, without the space around it; empty where it is not there. */
    public String text(String name) {
        List<String> found = values.getOrDefault(name, List.of());
        return found.isEmpty() ? "" : found.getFirst().strip();
    }

    /** All values of a name, such as those of checkboxes. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** Those of these names that have a text. */
    public Map<String, String> filled(List<String> names) {
        Map<String, String> filled = new LinkedHashMap<>();
        for (String name : names) {
            if (!text(name).isEmpty()) {
                filled.put(name, text(name));
            }
        }
        return filled;
    }

    /** A query, with its question mark; empty where there is no parameter. */
    public static String query(Map<String, String> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
