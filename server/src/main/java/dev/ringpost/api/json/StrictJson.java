package dev.ringpost.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemException;
import dev.ringpost.api.problem.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as RFC 8259 has it and refuses what readers disagree about: a key twice, anything after the value, other
 * encodings, depth over 64, numbers over 100 digits, more than 250 000 tokens. Numbers are kept exactly as they were written.
 */
public final class StrictJson {
    private static final int MOST_DEPTH = 64;
    private static final int MOST_SCANNED_DEPTH = 1000;
    private static final int MOST_DIGITS = 100;
    private static final int LONGEST_STRING = 16 << 20;
    /** Each takes up to 80 bytes of memory, whatever it takes in the text. */
    private static final int MOST_TOKENS = 250_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_DEPTH)
                    .maxNumberLength(MOST_DIGITS)
                    .maxStringLength(LONGEST_STRING)
                    .maxNameLength(1024)
                    .maxTokenCount(MOST_TOKENS)
                    .build())
            // Names come from anybody: kept as the JVM's own strings they would outlive their body.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
    /** Only finds where values begin and end, so it lets pass what the reading of a value then refuses. */
    private static final JsonFactory SCANNER = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_SCANNED_DEPTH)
                    .maxNumberLength(LONGEST_STRING)
                    .maxStringLength(LONGEST_STRING)
                    .maxNameLength(LONGEST_STRING)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private StrictJson() {}

    /** @throws ProblemException 400 that says where the text stops being JSON */
    public static JsonNode parse(byte[] bytes) {
        Utf8.require(bytes);
        return parse(bytes, 0, bytes.length);
    }

    /** Parses a part of what is known to be UTF-8. */
    static JsonNode parse(byte[] bytes, int start, int length) {
        try (JsonParser parser = MAPPER.createParser(bytes, start, length)) {
            if (parser.nextToken() == null) {
                throw new Problem(ProblemType.MALFORMED_JSON, "The body is empty").asException();
            }
            JsonNode node = next(parser);
            requireEnd(parser);
            return node;
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    public static JsonNode emptyObject() {
        return MAPPER.createObjectNode();
    }

    /** The same text without white space. */
    public static String compact(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("A parsed JSON value can always be written", e);
        }
    }

    /** To read a body value by value with {@link #next}. */
    static JsonParser parser(byte[] bytes) throws IOException {
        Utf8.require(bytes);
        return MAPPER.createParser(bytes);
    }

    /** To find the values of a body that is known to be UTF-8; however many there are, nothing of them is kept. */
    static JsonParser scanner(byte[] bytes) throws IOException {
        return SCANNER.createParser(bytes);
    }

    /** The value whose first token the parser is at. */
    static JsonNode next(JsonParser parser) throws IOException {
        try {
            return MAPPER.readTree(parser);
        } catch (NumberFormatException e) {
            // It quotes the number, which may be anybody's.
            throw malformed("A number's exponent is beyond what Ringpost reads", parser.currentTokenLocation());
        }
    }

    static void requireEnd(JsonParser parser) throws IOException {
        if (parser.nextToken() != null) {
            throw malformed("Something follows the JSON value", parser.currentTokenLocation());
        }
    }

    static ProblemException malformed(IOException failure) {
        if (!(failure instanceof JsonProcessingException json)) {
            throw new UncheckedIOException("Bytes in memory can always be read", failure);
        }
        String what = json instanceof StreamConstraintsException
                ? "The body is deeper, or has more values or a longer number, name or string, than Ringpost reads (depth "
                        + MOST_DEPTH + ", " + MOST_DIGITS + " digits, " + MOST_TOKENS + " tokens)"
                : inOurWords(json.getOriginalMessage());
        return malformed(what, json.getLocation());
    }

    private static ProblemException malformed(String what, @Nullable JsonLocation at) {
        String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        return new Problem(ProblemType.MALFORMED_JSON, what + where).asException();
    }

    /** Jackson's messages are good, but for those that speak of its own settings. */
    private static String inOurWords(String message) {
        if (message.startsWith("Duplicate field")) {
            return "The key " + message.substring("Duplicate field ".length(), message.lastIndexOf(" for "))
                    + " occurs twice";
        }
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
