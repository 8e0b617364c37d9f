package dev.ringpost.api.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.api.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer.
 *
 * @param headers all but content-type and content-length; lower-case names
 * @param about the number of the call, webhook, account or key that it tells of, whose erasure an answer kept for its
 *     Idempotency-Key must not outlive; null: none
 */
public record Reply(
        int status,
        String contentType,
        Map<String, String> headers,
        byte[] body,
        @Nullable Long about) {
    private static final JsonFactory JSON = new JsonFactory();

    public Reply(int status, String contentType, Map<String, String> headers, byte[] body) {
        this(status, contentType, headers, body, null);
    }

    /** The same about something. */
    public Reply about(long no) {
        return new Reply(status, contentType, headers, body, no);
    }

    /** Writes one JSON value. */
    @FunctionalInterface
    public interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    public static Reply ok(Content content) {
        return json(200, Map.of(), content);
    }

    /** What was made can be read nowhere else. */
    public static Reply created(Content content) {
        return json(201, Map.of(), content);
    }

    public static Reply created(String location, Content content) {
        return json(201, Map.of("location", location), content);
    }

    /** What was asked for is on its way. */
    public static Reply accepted(Content content) {
        return json(202, Map.of(), content);
    }

    /** As {@link #accepted(Content)}; how far it is can be seen at the location. */
    public static Reply accepted(String location, Content content) {
        return json(202, Map.of("location", location), content);
    }

    public static Reply noContent() {
        return new Reply(204, "", Map.of(), new byte[0]);
    }

    public static Reply of(Problem problem) {
        return new Reply(
                problem.type().status(),
                "application/problem+json",
                problem.headers(),
                bytes(json -> ProblemJson.write(json, problem)));
    }

    private static Reply json(int status, Map<String, String> headers, Content content) {
        return new Reply(status, "application/json", headers, bytes(content));
    }

    private static byte[] bytes(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            content.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can always be written", e);
        }
        return bytes.toByteArray();
    }
}
