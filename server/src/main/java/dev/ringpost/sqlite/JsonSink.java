package dev.ringpost.sqlite;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.call.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the compact JSON of a stored row. What is null, zero, false or empty is left out. */
final class JsonSink {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int TYPICAL_BYTES = 512;

    private final JsonGenerator generator;

    private JsonSink(JsonGenerator generator) {
        this.generator = generator;
    }

    /** Writes one object. */
    static byte[] write(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
        try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
            new JsonSink(generator).object(body);
        } catch (IOException e) {
            throw new UncheckedIOException("A value can't be written as JSON: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    void text(String name, @Nullable String value) throws IOException {
        if (value != null) {
            generator.writeStringField(name, value);
        }
    }

    void number(String name, long value) throws IOException {
        if (value != 0) {
            generator.writeNumberField(name, value);
        }
    }

    void numberOrNull(String name, @Nullable Integer value) throws IOException {
        if (value != null) {
            generator.writeNumberField(name, value);
        }
    }

    void decimal(String name, @Nullable Double value) throws IOException {
        if (value != null) {
            generator.writeNumberField(name, value);
        }
    }

    void flag(String name, boolean value) throws IOException {
        if (value) {
            generator.writeBooleanField(name, true);
        }
    }

    /** Milliseconds since 1970, or, where that would lose something, the text of ISO 8601. */
    void time(String name, @Nullable Instant value) throws IOException {
        if (value == null) {
            return;
        }
        if (value.truncatedTo(ChronoUnit.MILLIS).equals(value)) {
            generator.writeNumberField(name, value.toEpochMilli());
        } else {
            generator.writeStringField(name, value.toString());
        }
    }

    void raw(String name, @Nullable Json value) throws IOException {
        if (value != null) {
            generator.writeFieldName(name);
            generator.writeRawValue(value.text());
        }
    }

    void texts(String name, Collection<String> values) throws IOException {
        if (!values.isEmpty()) {
            generator.writeArrayFieldStart(name);
            for (String value : values) {
                generator.writeString(value);
            }
            generator.writeEndArray();
        }
    }

    void numbers(String name, Map<String, Long> values) throws IOException {
        if (!values.isEmpty()) {
            generator.writeObjectFieldStart(name);
            for (Map.Entry<String, Long> value : values.entrySet()) {
                generator.writeNumberField(value.getKey(), value.getValue());
            }
            generator.writeEndObject();
        }
    }

    void object(String name, Body body) throws IOException {
        generator.writeFieldName(name);
        object(body);
    }

    <T> void list(String name, Collection<T> values, Element<T> element) throws IOException {
        if (!values.isEmpty()) {
            generator.writeArrayFieldStart(name);
            for (T value : values) {
                object(sink -> element.write(sink, value));
            }
            generator.writeEndArray();
        }
    }

    private void object(Body body) throws IOException {
        generator.writeStartObject();
        body.write(this);
        generator.writeEndObject();
    }

    @FunctionalInterface
    interface Body {
        void write(JsonSink sink) throws IOException;
    }

    @FunctionalInterface
    interface Element<T> {
        void write(JsonSink sink, T value) throws IOException;
    }
}
