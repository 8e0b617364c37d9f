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
    /** @param bytes how long the item is in the body */
    public record Item(JsonNode node, long bytes) {}

    /**
     * Reads the items; one more than {@code most} is the last that is read, so that a longer array is seen.
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
                return new JsonItems(false, List.of(new Item(StrictJson.parse(body), body.length)));
            }
            return new JsonItems(true, elements(parser, most));
        } catch (IOException e) {
            throw StrictJson.malformed(e);
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
            items.add(new Item(node, parser.currentLocation().getByteOffset() - start));
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
