package dev.ringpost.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Which fields a JSON value has, whatever is in them: two answers of one kind have the same shape. */
final class Shape {
    /** What is in them is the users'. */
    private static final Set<String> FREE =
            Set.of("metadata", "variables", "overrides", "analysis", "headers", "request_headers", "response_headers");

    private static final String SCALAR = "*";

    private Shape() {}

    static String of(JsonNode value) {
        if (value.isObject()) {
            Map<String, String> fields = new TreeMap<>();
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                fields.put(field.getKey(), FREE.contains(field.getKey()) ? SCALAR : of(field.getValue()));
            }
            return fields.toString();
        }
        Set<String> elements = new TreeSet<>();
        value.forEach(element -> elements.add(of(element)));
        return elements.stream().allMatch(SCALAR::equals) ? SCALAR : elements.toString();
    }

    /** True where the example has the same fields as the real value, as deep as both have a value there. */
    static boolean isLike(JsonNode real, JsonNode example) {
        if (real.isObject() && example.isObject()) {
            return names(real).equals(names(example))
                    && names(real).stream()
                            .allMatch(name -> FREE.contains(name) || isLike(real.path(name), example.path(name)));
        }
        if (real.isArray() && example.isArray()) {
            return elements(example).allMatch(one -> elements(real).anyMatch(other -> isLike(other, one)));
        }
        return !real.isContainerNode() || !example.isContainerNode();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
