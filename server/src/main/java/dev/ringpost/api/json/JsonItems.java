package dev.ringpost.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemException;
import dev.ringpost.api.problem.ProblemType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A body that is one value or an array of them.
 *
 * @param isArray false where the body is the one item itself
 */
public record JsonItems(boolean isArray, List<Item> items) {
    /** A larger array's items are parsed one by one, so that not all of them are in memory as nodes at once. */
    private static final int LARGE = 1 << 20;

    /** One value. */
    public sealed interface Item {
        /** @throws ProblemException 400 where it is JSON, but none that Ringpost reads (a key twice, too deep) */
        JsonNode node();

        /** How long it is in the body. */
        long bytes();
    }

    private record Parsed(JsonNode node, long bytes) implements Item {}

    private record Unparsed(byte[] body, int start, int length) implements Item {
        @Override
        public JsonNode node() {
            return StrictJson.parse(body, start, length);
        }

        @Override
        public long bytes() {
            return length;
        }
    }

    /**
     * Reads the items; one more than {@code most} is the last that is read, so that a longer array is seen. An item that
     * is JSON, but none that Ringpost reads, spoils no other.
     *
     * @throws ProblemException 400 that says where the text stops being JSON
     */
    public static JsonItems parse(byte[] body, int most) {
        try (JsonParser parser = StrictJson.parser(body)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new Problem(ProblemType.MALFORMED_JSON, "The body is empty").asException();
            }
            if (first != JsonToken.START_ARRAY) {
                return new JsonItems(false, List.of(new Parsed(StrictJson.parse(body), body.length)));
            }
            return new JsonItems(true, body.length > LARGE ? unparsed(body, most) : parsed(parser, body, most));
        } catch (IOException e) {
            throw StrictJson.malformed(e);
        }
    }

    private static List<Item> parsed(JsonParser parser, byte[] body, int most) throws IOException {
        try {
            List<Item> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (items.size() > most) {
                    return items;
                }
                long start = parser.currentTokenLocation().getByteOffset();
                JsonNode node = StrictJson.next(parser);
                items.add(new Parsed(node, parser.currentLocation().getByteOffset() - start));
            }
            StrictJson.requireEnd(parser);
            return items;
        } catch (IOException | ProblemException e) {
            // One item is at fault, or all of the body: which of them shows when they are read one by one.
            return unparsed(body, most);
        }
    }

    /** Finds where each item begins and ends. */
    private static List<Item> unparsed(byte[] body, int most) throws IOException {
        try (JsonParser parser = StrictJson.scanner(body)) {
            parser.nextToken();
            List<Item> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (items.size() > most) {
                    return items;
                }
                int start = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                items.add(
                        new Unparsed(body, start, (int) parser.currentLocation().getByteOffset() - start));
            }
            StrictJson.requireEnd(parser);
            return items;
        }
    }
}
