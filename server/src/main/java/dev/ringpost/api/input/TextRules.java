package dev.ringpost.api.input;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.api.problem.Faults;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What no string and no number in a body may be, however deep: a string with NUL or half of a surrogate pair (no UTF-8
 * text can hold it, and databases and receivers choke on NUL), a number beyond what a double can hold (RFC 7493).
 */
final class TextRules {
    private TextRules() {}

    static void check(JsonNode node, String pointer, Faults faults) {
        // Pointers are made only for bodies that have a fault: this runs over every report.
        if (!isClean(node)) {
            explain(node, pointer, faults);
        }
    }

    private static boolean isClean(JsonNode node) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                if (faultOf(field.getKey()) != null || !isClean(field.getValue())) {
                    return false;
                }
            }
            return true;
        }
        if (node.isArray()) {
            for (JsonNode element : node) {
                if (!isClean(element)) {
                    return false;
                }
            }
            return true;
        }
        return faultOfScalar(node) == null;
    }

    private static void explain(JsonNode node, String pointer, Faults faults) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String at = pointer + "/" + escape(field.getKey());
            addIfAny(faultOf(field.getKey()), at, faults);
            explain(field.getValue(), at, faults);
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                explain(node.get(i), pointer + "/" + i, faults);
            }
        }
        addIfAny(faultOfScalar(node), pointer, faults);
    }

    private static void addIfAny(@Nullable String fault, String pointer, Faults faults) {
        if (fault != null) {
            faults.add(pointer, fault);
        }
    }

    private static @Nullable String faultOfScalar(JsonNode node) {
        if (node.isTextual()) {
            return faultOf(node.textValue());
        }
        return node.isNumber() && !Double.isFinite(node.doubleValue())
                ? "is a number out of range: at most 1.7e308 either way"
                : null;
    }

    /** What is wrong with the text's characters; null: nothing. */
    static @Nullable String faultOf(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return "must not contain the character NUL (\\u0000)";
            }
            if (Character.isSurrogate(c)) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(c, text.charAt(i + 1))) {
                    return "must not contain half of a surrogate pair: it is no character";
                }
                i++;
            }
        }
        return null;
    }

    /** A name as a token of a JSON pointer. */
    static String escape(String name) {
        return name.indexOf('~') < 0 && name.indexOf('/') < 0
                ? name
                : name.replace("~", "~0").replace("/", "~1");
    }
}
