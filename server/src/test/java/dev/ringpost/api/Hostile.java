package dev.ringpost.api;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Bodies that are wrong in one place: a valid one in which a value, or the text itself, was replaced by something nasty. */
final class Hostile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MARK = "\u00abmark\u00bb";

    /** What stands in place of a value; as it is in the text, so that it need not be JSON. One char is one byte. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-0",
            "-0.0",
            "-1",
            "1.5",
            "1e400",
            "-1e400",
            "1e-400",
            "1e999999999",
            "1e-999999999",
            "1e99999999999999999999",
            "2147483648",
            "9223372036854775808",
            "-9223372036854775809",
            "0.1000000000000000055511151231257827021181583404541015625",
            "9".repeat(100),
            "9".repeat(101),
            "0." + "1".repeat(5000),
            "NaN",
            "Infinity",
            "-",
            "+1",
            "01",
            "0x10",
            ".5",
            "5.",
            "undefined",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\ud83d\\ude00\"",
            "\"\\u202e\\u200b\\ufeff\\uffff\"",
            "\"\\x41\"",
            "\"\\u12\"",
            "\"raw\u0001control\"",
            "\"raw\u0000nul\"",
            "\"\u00c0\u0080\"",
            "\"\u00c1\u0081\"",
            "\"\u00ed\u00a0\u0080\"",
            "\"\u00ed\u00a0\u00bd\u00ed\u00b8\u0080\"",
            "\"\u00f4\u0090\u0080\u0080\"",
            "\"\u00ff\"",
            "\"\u00e4",
            "'single'",
            "\"" + "x".repeat(256) + "\"",
            "\"" + "x".repeat(5000) + "\"",
            "\"" + "x".repeat(100_000) + "\"",
            "\"https://example.com/\\r\\nX: y\"",
            "\"' or 1=1; drop table calls; --\"",
            "\"2026-02-30T25:61:61Z\"",
            "\"9999-12-31T23:59:59.999999999Z\"",
            "\"+4915112345678\"",
            "[]",
            "[null]",
            "[[[[[[[[]]]]]]]]",
            "{}",
            "{\"\":1}",
            "{\"a\":1,\"a\":2}",
            "{\"__proto__\":{\"x\":1}}",
            "{\"" + "k".repeat(1000) + "\":1}",
            "{\"" + "k".repeat(2000) + "\":1}",
            "{\"\\u0000\":1}",
            "{\"\\ud800\":1}",
            "[".repeat(60) + "]".repeat(60),
            "[".repeat(100) + "]".repeat(100),
            "[".repeat(50_000),
            "{\"a\":".repeat(50_000),
            "[" + "1,".repeat(20_000) + "1]",
            "[" + "\"\",".repeat(20_000) + "\"\"]",
            "[" + "{},".repeat(20_000) + "{}]",
            "/**/1",
            "1//",
            "1,",
            "",
            "}",
            "]");

    private final Random random;

    Hostile(long seed) {
        random = new Random(seed);
    }

    /** One of all mutations of a body. */
    byte[] mutate(String body) {
        String mutated = switch (random.nextInt(12)) {
            case 0 -> mutateText(body);
            case 1 -> dropOrAdd(body);
            default -> mutateValue(body);
        };
        return mutated.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String mutateText(String body) {
        int at = random.nextInt(body.length() + 1);
        String nasty = VALUES.get(random.nextInt(VALUES.size()));
        return switch (random.nextInt(9)) {
            case 0 -> body.substring(0, at);
            case 1 -> body.substring(at);
            case 2 -> body + body;
            case 3 -> body + nasty;
            case 4 -> "\u00ef\u00bb\u00bf" + body;
            case 5 -> new String(body.getBytes(StandardCharsets.UTF_16), StandardCharsets.ISO_8859_1);
            case 6 -> new String(body.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
            case 7 -> body.substring(0, at) + (char) random.nextInt(256) + body.substring(at);
            default -> nasty;
        };
    }

    private String dropOrAdd(String body) {
        JsonNode tree = parse(body);
        List<JsonPointer> objects =
                pointers(tree).stream().filter(at -> tree.at(at).isObject()).toList();
        ObjectNode object = (ObjectNode) tree.at(objects.get(random.nextInt(objects.size())));
        List<String> names =
                object.propertyStream().map(java.util.Map.Entry::getKey).toList();
        if (names.isEmpty() || random.nextBoolean()) {
            object.put(List.of("unknown", "", "~/\"\\", "constructor", "id").get(random.nextInt(5)), 1);
        } else {
            object.remove(names.get(random.nextInt(names.size())));
        }
        return tree.toString();
    }

    private String mutateValue(String body) {
        JsonNode tree = parse(body);
        List<JsonPointer> pointers = pointers(tree);
        JsonPointer at = pointers.get(random.nextInt(pointers.size()));
        String nasty = VALUES.get(random.nextInt(VALUES.size()));
        if (at.matches()) {
            return nasty;
        }
        JsonNode parent = tree.at(at.head());
        if (parent instanceof ObjectNode object) {
            object.put(at.last().getMatchingProperty(), MARK);
        } else {
            ((ArrayNode) parent).set(at.last().getMatchingIndex(), MARK);
        }
        return tree.toString().replace("\"" + MARK + "\"", nasty);
    }

    private static List<JsonPointer> pointers(JsonNode tree) {
        List<JsonPointer> pointers = new ArrayList<>();
        collect(tree, JsonPointer.empty(), pointers);
        return pointers;
    }

    private static void collect(JsonNode node, JsonPointer at, List<JsonPointer> pointers) {
        pointers.add(at);
        node.propertyStream().forEach(field -> collect(field.getValue(), at.appendProperty(field.getKey()), pointers));
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collect(node.get(i), at.appendIndex(i), pointers);
            }
        }
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(body, e);
        }
    }
}
