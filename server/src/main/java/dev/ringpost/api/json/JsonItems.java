package dev.ringpost.api.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemException;
import dev.ringpost.api.problem.ProblemType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A body that is one value or an array of them.
 *
 * @param isArray false where the body is the one item itself
 */
public record JsonItems(boolean isArray, List<Item> items) {
    /**
     * An item, or why it can't be read.
     *
     * @param node missing where it can't be read
     * @param bytes how long the item is in the body
     * @param fault null where it can be read
     */
    public record Item(JsonNode node, long bytes, @Nullable Problem fault) {}

    /**
     * Reads the items; one more than {@code most} is the last that is read, so that a longer array is seen. An item that
     * is JSON, but none that Ringpost reads (a key twice, too deep), spoils no other.
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
                return new JsonItems(false, List.of(new Item(StrictJson.parse(body), body.length, null)));
            }
            return new JsonItems(true, elements(parser, most));
        } catch (IOException e) {
            return new JsonItems(true, oneByOne(body, most, e));
        }
    }

    /** The slow way, for a body that can't be read as a whole: finds where each item is, and reads it for itself. */
    private static List<Item> oneByOne(byte[] body, int most, IOException fault) {
        try (JsonParser parser = StrictJson.scanner(body)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw StrictJson.malformed(fault);
            }
            List<Item> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY && items.size() <= most) {
                int start = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                parser.finishToken();
                items.add(item(Arrays.copyOfRange(
                        body, start, (int) parser.currentLocation().getByteOffset())));
            }
            return items;
        } catch (IOException e) {
            throw StrictJson.malformed(e);
        }
    }

    private static Item item(byte[] json) {
        try {
            return new Item(StrictJson.parse(json), json.length, null);
        } catch (ProblemException e) {
            return new Item(MissingNode.getInstance(), json.length, e.problem());
        }
    }

    private static List<Item> elements(JsonParser parser, int most) throws IOException {
        List<Item> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (items.size() > most) {
                return items;
            }
            long start = parser.currentTokenLocation().getByteOffset();
            JsonNode node = StrictJson.next(parser);
            items.add(new Item(node, parser.currentLocation().getByteOffset() - start, null));
        }
        if (parser.nextToken() != null) {
            throw new Problem(
                            ProblemType.MALFORMED_JSON,
                            "Something follows the array (line "
                                    + parser.currentTokenLocation().getLineNr() + ", column "
                                    + parser.currentTokenLocation().getColumnNr() + ")")
                    .asException();
        }
        return items;
    }
}
