package dev.ringpost.api.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * Writes server-sent events (WHATWG HTML, section 9.2). Each has its data on one line: JSON as Ringpost writes it has no
 * line breaks.
 */
public final class Messages {
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    /** How long a client waits before it connects again. */
    static final Duration RETRY = Duration.ofSeconds(2);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);

    /** Writes one JSON value. */
    @FunctionalInterface
    public interface Data {
        void write(JsonGenerator json) throws IOException;
    }

    /** A message that a client can resume behind. */
    public Messages message(String id, String event, Data data) {
        line("id: " + id);
        return message(event, data);
    }

    /** A message that leaves alone where a client resumes. */
    public Messages message(String event, Data data) {
        line("event: " + event);
        bytes.writeBytes("data: ".getBytes(UTF_8));
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            data.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can always be written", e);
        }
        line("");
        return line("");
    }

    /** How long a client waits before it connects again. */
    Messages retry(Duration pause) {
        line("retry: " + pause.toMillis());
        return line("");
    }

    /** What every client ignores: it says that the stream lives. */
    static byte[] heartbeat() {
        return ":\n\n".getBytes(UTF_8);
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }

    private Messages line(String text) {
        bytes.writeBytes(text.getBytes(UTF_8));
        bytes.write('\n');
        return this;
    }
}
