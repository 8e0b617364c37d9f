package dev.ringpost.api.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.api.json.Rfc3339;
import dev.ringpost.call.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Members of an object whose values may be null, which are written as null. */
final class Members {
    private Members() {}

    static void time(JsonGenerator json, String name, @Nullable Instant value) throws IOException {
        json.writeStringField(name, value == null ? null : Rfc3339.format(value));
    }

    static void integer(JsonGenerator json, String name, @Nullable Integer value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }

    /** Without a fraction where there is none. */
    static void number(JsonGenerator json, String name, @Nullable Double value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            json.writeNumberField(name, value.longValue());
        } else {
            json.writeNumberField(name, value);
        }
    }

    static void raw(JsonGenerator json, String name, @Nullable Json value) throws IOException {
        raw(json, name, value == null ? "null" : value.text());
    }

    /** @param value valid JSON */
    static void raw(JsonGenerator json, String name, String value) throws IOException {
        json.writeFieldName(name);
        json.writeRawValue(value);
    }

    static <E> void strings(JsonGenerator json, String name, Collection<E> values, Function<E, String> text)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (E value : values) {
            json.writeString(text.apply(value));
        }
        json.writeEndArray();
    }

    /** Null where there are none. */
    static <E> void stringsOrNull(JsonGenerator json, String name, Collection<E> values, Function<E, String> text)
            throws IOException {
        if (values.isEmpty()) {
            json.writeNullField(name);
        } else {
            strings(json, name, values, text);
        }
    }
}
