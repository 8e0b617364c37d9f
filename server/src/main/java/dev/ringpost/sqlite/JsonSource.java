package dev.ringpost.sqlite;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.ringpost.call.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the compact JSON of a stored row. Unknown names are skipped: a newer version may have written them. */
final class JsonSource implements AutoCloseable {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final byte[] bytes;
    private final JsonParser parser;

    private JsonSource(byte[] bytes, JsonParser parser) {
        this.bytes = bytes;
        this.parser = parser;
    }

    /** Reads one object. */
    static void read(byte[] bytes, Fields fields) {
        try (JsonSource source = new JsonSource(bytes, FACTORY.createParser(bytes))) {
            source.parser.nextToken();
            source.object(fields);
        } catch (IOException e) {
            throw new UncheckedIOException("A stored row holds JSON that can't be read: " + e.getMessage(), e);
        }
    }

    /** Reads the object that the source stands at: each value is taken by {@code fields} or skipped. */
    void object(Fields fields) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (parser.currentToken() != JsonToken.VALUE_NULL) {
                fields.field(name, this);
            }
            parser.skipChildren();
        }
    }

    String text() throws IOException {
        return parser.getText();
    }

    int small() throws IOException {
        return parser.getIntValue();
    }

    long number() throws IOException {
        return parser.getLongValue();
    }

    double decimal() throws IOException {
        return parser.getDoubleValue();
    }

    boolean flag() throws IOException {
        return parser.getBooleanValue();
    }

    Instant time() throws IOException {
        return parser.currentToken() == JsonToken.VALUE_STRING
                ? Instant.parse(parser.getText())
                : Instant.ofEpochMilli(parser.getLongValue());
    }

    /** The value's own text, byte for byte as it was written. */
    Json raw() throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        return new Json(new String(bytes, start, end - start, StandardCharsets.UTF_8));
    }

    List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            texts.add(parser.getText());
        }
        return texts;
    }

    Map<String, Long> numbers() throws IOException {
        Map<String, Long> numbers = new LinkedHashMap<>();
        object((name, source) -> numbers.put(name, source.number()));
        return numbers;
    }

    /** Reads an array of objects. */
    <T> List<T> list(Element<T> element) throws IOException {
        List<T> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(element.read(this));
        }
        return list;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    @FunctionalInterface
    interface Fields {
        void field(String name, JsonSource value) throws IOException;
    }

    @FunctionalInterface
    interface Element<T> {
        T read(JsonSource source) throws IOException;
    }
}
