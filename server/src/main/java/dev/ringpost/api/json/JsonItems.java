package dev.ringpost.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemException;
import dev.ringpost.api.problem.ProblemType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body that is one value or an array of them.
 *
 * @param isArray false where the body is the one item itself
 */
public record JsonItems(boolean isArray, List<Item> items) {
    /** From here on an array's items are parsed one by one, so that not all of them are in memory as nodes at once. */
    private static final int LARGE = 1 << 20;

    /** One value. */
    public sealed interface Item {
        /** @throws ProblemException 400 where it is not JSON after all, such as for a key that occurs twice */
        JsonNode node();

        /** How long it is in the body. */
        long bytes();
    }

    private record Parsed(JsonNode node, long bytes) implements Item {}

    private record Unparsed(byte[] body, int start, int length, int index) implements Item {
        @Override
        public JsonNode node() {
            try {
                return StrictJson.parse(body, start, length);
            } catch (ProblemException e) {
                throw new Problem(
                                e.problem().type(),
                                "Item " + index + ": " + e.problem().detail())
                        .asException();
            }
        }

        @Override
        public long bytes() {
            return length;
        }
    }

    /**
     * Reads the items; one more than {@code most} is the last that is read, so that a longer array is seen.
     *
     * @throws ProblemException 400 that says where the text stops being JSON
     */
    public static JsonItems parse(byte[] body, int most) {
        boolean isLarge = body.length > LARGE;
        try (JsonParser parser = isLarge ? StrictJson.scanner(body) : StrictJson.parser(body)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new Problem(ProblemType.MALFORMED_JSON, "The body is empty").asException();
            }
            if (first != JsonToken.START_ARRAY) {
                return new JsonItems(false, List.of(new Unparsed(body, 0, body.length, 0)));
            }
            return new JsonItems(true, elements(parser, most, isLarge ? body : null));
        } catch (IOException e) {
            throw StrictJson.malformed(e);
        }
    }

    /** @param unparsed the body, to leave its objects and arrays unparsed; null: they are parsed now */
    private static List<Item> elements(JsonParser parser, int most, byte @Nullable [] unparsed) throws IOException {
        List<Item> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (items.size() > most) {
                return items;
            }
            items.add(unparsed == null ? parsed(parser) : stepOver(parser, unparsed, items.size()));
        }
        StrictJson.requireEnd(parser);
        return items;
    }

    private static Item parsed(JsonParser parser) throws IOException {
        long start = parser.currentTokenLocation().getByteOffset();
        JsonNode node = StrictJson.next(parser);
        if (node == null) {
            throw new IllegalStateException("An array's token begins a value");
        }
        return new Parsed(node, parser.currentLocation().getByteOffset() - start);
    }

    private static Item stepOver(JsonParser parser, byte[] body, int index) throws IOException {
        if (!parser.currentToken().isStructStart()) {
            // It ends where the next token begins, and no list has such items anyway.
            return new Parsed(NullNode.getInstance(), 0);
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getByteOffset();
        return new Unparsed(body, start, end - start, index);
    }
}
