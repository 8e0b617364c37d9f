package dev.ringpost.sqlite;

import dev.ringpost.delivery.AttemptResult;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver answered as bytes: whether there is a body (1 or 0), how long the headers are (4 bytes), the headers
 * as JSON, the body.
 */
record AnswerBytes(Map<String, List<String>> headers, byte @Nullable [] body) {
    static final AnswerBytes NONE = new AnswerBytes(Map.of(), null);

    /** Null where it answered neither headers nor a body. */
    static byte @Nullable [] of(@Nullable AttemptResult result) {
        if (result == null || (result.responseHeaders().isEmpty() && result.responseBody() == null)) {
            return null;
        }
        byte[] headers = HeadersJson.write(result.responseHeaders()).getBytes(StandardCharsets.UTF_8);
        byte[] body = result.responseBody();
        ByteBuffer bytes = ByteBuffer.allocate(1 + Integer.BYTES + headers.length + (body == null ? 0 : body.length));
        bytes.put((byte) (body == null ? 0 : 1)).putInt(headers.length).put(headers);
        if (body != null) {
            bytes.put(body);
        }
        return bytes.array();
    }

    static AnswerBytes read(byte[] answer) {
        ByteBuffer bytes = ByteBuffer.wrap(answer);
        boolean hasBody = bytes.get() == 1;
        byte[] headers = new byte[bytes.getInt()];
        bytes.get(headers);
        byte[] body = new byte[bytes.remaining()];
        bytes.get(body);
        return new AnswerBytes(HeadersJson.read(new String(headers, StandardCharsets.UTF_8)), hasBody ? body : null);
    }
}
