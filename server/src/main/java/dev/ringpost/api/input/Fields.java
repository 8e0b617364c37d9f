package dev.ringpost.api.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ringpost.api.json.Rfc3339;
import dev.ringpost.api.json.StrictJson;
import dev.ringpost.api.problem.Faults;
import dev.ringpost.call.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON object one by one. What is wrong goes to the faults with its pointer, and something
 * harmless is returned, so that reading goes on and finds the next fault; the reader calls {@link Faults#check} before
 * it makes anything of what it read. Null means the same as a field that is not there. {@link #done} reports the fields
 * that nobody asked for.
 */
public final class Fields {
    private static final int LARGEST_OBJECT = 16 << 10;

    private final JsonNode object;
    private final String pointer;
    private final Faults faults;
    private final List<String> asked = new ArrayList<>();

    private Fields(JsonNode object, String pointer, Faults faults) {
        this.object = object;
        this.pointer = pointer;
        this.faults = faults;
    }

    /** The fields of a body, or of an item of one; its strings and numbers are checked here, however deep they are. */
    public static Fields of(JsonNode body, String pointer, Faults faults) {
        TextRules.check(body, pointer, faults);
        return within(body, pointer, faults);
    }

    private static Fields within(JsonNode node, String pointer, Faults faults) {
        if (node.isObject()) {
            return new Fields(node, pointer, faults);
        }
        faults.add(pointer, "must be an object");
        return new Fields(JsonNodeFactory.instance.objectNode(), pointer, faults);
    }

    public Faults faults() {
        return faults;
    }

    /** Where a field is in the body. */
    public String at(String name) {
        return pointer + "/" + name;
    }

    public void fault(String name, String message) {
        faults.add(at(name), message);
    }

    /** True where the key is there, if only with null. */
    public boolean has(String name) {
        asked.add(name);
        return object.has(name);
    }

    /** The value; null where it is absent or null. */
    public @Nullable JsonNode value(String name) {
        asked.add(name);
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    public @Nullable String text(String name, int longest) {
        return text(name, 0, longest);
    }

    public @Nullable String text(String name, int shortest, int longest) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            fault(name, "must be a string");
            return null;
        }
        String text = value.textValue();
        int length = text.length() > longest ? text.codePointCount(0, text.length()) : text.length();
        if (length < shortest || length > longest) {
            fault(name, "must have " + shortest + " to " + longest + " characters, not " + length);
        }
        return text;
    }

    /** Empty where it is missing, which is a fault. */
    public String requiredText(String name, int longest) {
        if (value(name) == null) {
            fault(name, "is required");
            return "";
        }
        String text = text(name, 1, longest);
        return text == null ? "" : text;
    }

    public @Nullable Integer integer(String name, int least, int most) {
        JsonNode value = value(name);
        return value == null ? null : integer(value, at(name), least, most);
    }

    private @Nullable Integer integer(JsonNode value, String at, int least, int most) {
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (number >= least && number <= most && number == Math.rint(number)) {
            return (int) number;
        }
        faults.add(at, "must be an integer from " + least + " to " + most);
        return null;
    }

    public @Nullable List<Integer> integers(String name, int mostItems, int least, int most) {
        return items(name, mostItems, (value, at) -> integer(value, at, least, most));
    }

    public @Nullable Double number(String name, double least, double most) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (number >= least && number <= most) {
            return number;
        }
        fault(name, "must be a number from " + (long) least + " to " + (long) most);
        return null;
    }

    public boolean requiredFlag(String name) {
        JsonNode value = value(name);
        if (value == null || !value.isBoolean()) {
            fault(name, value == null ? "is required" : "must be true or false");
            return false;
        }
        return value.booleanValue();
    }

    public @Nullable Instant time(String name) {
        String text = text(name, 64);
        if (text == null) {
            return null;
        }
        Optional<Instant> time = Rfc3339.parse(text);
        if (time.isEmpty()) {
            fault(name, "must be a time from 1970 on as in RFC 3339, such as 2026-01-31T12:00:00.000Z");
        }
        return time.orElse(null);
    }

    public <E> @Nullable E choice(String name, E[] choices, Function<E, String> wireName) {
        JsonNode value = value(name);
        return value == null ? null : choice(value, at(name), choices, wireName);
    }

    private <E> @Nullable E choice(JsonNode value, String at, E[] choices, Function<E, String> wireName) {
        for (E choice : choices) {
            if (value.isTextual() && wireName.apply(choice).equals(value.textValue())) {
                return choice;
            }
        }
        String names = Arrays.stream(choices).map(wireName).collect(Collectors.joining(", "));
        faults.add(at, "must be one of " + names);
        return null;
    }

    /** Items must differ. */
    public <E> @Nullable List<E> choices(String name, E[] choices, Function<E, String> wireName) {
        return distinct(name, items(name, choices.length, (value, at) -> choice(value, at, choices, wireName)));
    }

    /** Items must differ and have 1 to {@code longest} characters. */
    public @Nullable List<String> texts(String name, int mostItems, int longest) {
        return distinct(name, items(name, mostItems, (value, at) -> {
            if (value.isTextual()
                    && !value.textValue().isEmpty()
                    && value.textValue().length() <= longest) {
                return value.textValue();
            }
            faults.add(at, "must be a string of 1 to " + longest + " characters");
            return null;
        }));
    }

    private <E> @Nullable List<E> distinct(String name, @Nullable List<E> items) {
        if (items != null && items.stream().distinct().count() < items.size()) {
            fault(name, "must not have an item twice");
        }
        return items;
    }

    private <E> @Nullable List<E> items(String name, int most, ItemReader<E> reader) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isArray() || value.size() > most) {
            fault(name, value.isArray() ? "must have at most " + most + " items" : "must be an array");
            return List.of();
        }
        List<E> items = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            E item = reader.read(value.get(i), at(name) + "/" + i);
            if (item != null) {
                items.add(item);
            }
        }
        return items;
    }

    /** An object of any content, up to 16 KiB as compact JSON; absent: {@code {}}. */
    public Json object(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return Json.EMPTY_OBJECT;
        }
        if (!value.isObject()) {
            fault(name, "must be an object");
            return Json.EMPTY_OBJECT;
        }
        String text = StrictJson.compact(value);
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LARGEST_OBJECT) {
            fault(name, "must have at most " + LARGEST_OBJECT + " bytes as JSON, not " + bytes);
        }
        return new Json(text);
    }

    /** The fields of an object in a field; null where it is absent. */
    public @Nullable Fields child(String name) {
        JsonNode value = value(name);
        return value == null ? null : within(value, at(name), faults);
    }

    /** Each item of an array, for fields of its own; null where it is absent. */
    public @Nullable List<Fields> children(String name, int most) {
        return items(name, most, (value, at) -> within(value, at, faults));
    }

    /** The names of the object's fields, all of which count as asked for. */
    public List<String> names() {
        List<String> names =
                object.propertyStream().map(java.util.Map.Entry::getKey).toList();
        asked.addAll(names);
        return names;
    }

    /** A fault for each field that was not asked for. */
    public void done() {
        for (var field : object.properties()) {
            if (!asked.contains(field.getKey())) {
                faults.add(pointer + "/" + TextRules.escape(field.getKey()), "is not a known field");
            }
        }
    }

    @FunctionalInterface
    private interface ItemReader<E> {
        /** Null where the item is faulty. */
        @Nullable
        E read(JsonNode value, String at);
    }
}
