package dev.ringpost.cli.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts values out of JSON as they stand there: read and written again, a number could look different. */
final class RawJson {
    private static final JsonFactory JSON = new JsonFactory();

    private RawJson() {}

    /**
     * The bytes of an object's member.
     *
     * @throws IOException where there is none, or the text is no JSON object
     */
    static byte[] member(byte[] object, String name) throws IOException {
        try (JsonParser parser = JSON.createParser(object)) {
            find(parser, name);
            return value(parser, object);
        }
    }

    /** The bytes of each item of an array in an object's member. */
    static List<byte[]> items(byte[] object, String name) throws IOException {
        try (JsonParser parser = JSON.createParser(object)) {
            find(parser, name);
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw new IOException("\"" + name + "\" is no array");
            }
            List<byte[]> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(parser, object));
            }
            return items;
        }
    }

    /** The parser stands at the value then. */
    private static void find(JsonParser parser, String name) throws IOException {
        if (parser.nextToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals(name);
                parser.nextToken();
                if (found) {
                    return;
                }
                parser.skipChildren();
            }
        }
        throw new IOException("there is no \"" + name + "\" in the answer");
    }

    private static byte[] value(JsonParser parser, byte[] text) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        return Arrays.copyOfRange(text, start, (int) parser.currentLocation().getByteOffset());
    }
}
