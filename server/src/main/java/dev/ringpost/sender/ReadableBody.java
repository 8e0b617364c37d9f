package dev.ringpost.sender;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A response's body as people want to see it in the log. It was asked for without a content coding; a receiver that
 * compresses all the same is understood (RFC 9110, section 8.4.1) where the JDK knows the coding, as far as the bytes go.
 */
final class ReadableBody {
    private ReadableBody() {}

    /**
     * The decoded bytes, at most so many; the bytes as they are where the coding is another one, or is not what they are
     * in.
     *
     * @param coding the header content-encoding
     */
    static byte[] of(byte[] body, @Nullable String coding, int most) {
        if (coding == null || body.length == 0) {
            return body;
        }
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        try (InputStream in = decoder(coding.strip().toLowerCase(Locale.ROOT), body)) {
            byte[] buffer = new byte[4096];
            int read = in.read(buffer);
            while (read >= 0 && decoded.size() < most) {
                decoded.write(buffer, 0, Math.min(read, most - decoded.size()));
                read = in.read(buffer);
            }
        } catch (IOException e) {
            // It was cut off, or is something else than it says: what could be read is shown.
        }
        return decoded.size() == 0 ? body : decoded.toByteArray();
    }

    private static InputStream decoder(String coding, byte[] body) throws IOException {
        InputStream in = new ByteArrayInputStream(body);
        return switch (coding) {
            case "gzip", "x-gzip" -> new GZIPInputStream(in);
            case "deflate" -> new InflaterInputStream(in);
            default -> in;
        };
    }
}
