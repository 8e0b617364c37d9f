package dev.ringpost.dispatch;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringpost.call.EventType;
import dev.ringpost.webhook.Webhook;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A webhook's {@code max_body_bytes}: a larger transcript event goes without its messages. */
final class Bodies {
    /** Numbers are written as they were read, to the last digit. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private Bodies() {}

    /** The same bytes for the same event and limit, so that all attempts send the same. */
    static byte[] fitting(byte[] payload, EventType type, Webhook webhook) {
        Integer limit = webhook.options().maxBodyBytes();
        boolean transcript = type == EventType.TRANSCRIPT_PARTIAL || type == EventType.TRANSCRIPT_FINAL;
        if (limit == null || !transcript || payload.length <= limit) {
            return payload;
        }
        try {
            ObjectNode event = (ObjectNode) JSON.readTree(payload);
            event.putNull("messages");
            event.put("messages_omitted", true);
            return JSON.writeValueAsBytes(event);
        } catch (IOException e) {
            throw new UncheckedIOException("A stored payload is no JSON object", e);
        }
    }
}
