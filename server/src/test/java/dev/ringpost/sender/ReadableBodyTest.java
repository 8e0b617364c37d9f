package dev.ringpost.sender;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ReadableBodyTest {
    private static final byte[] TEXT = "no such account".getBytes(UTF_8);

    @Test
    void decodesWhatTheJdkKnows() throws IOException {
        assertThat(ReadableBody.of(gzip(TEXT), "gzip", 1000)).isEqualTo(TEXT);
        assertThat(ReadableBody.of(gzip(TEXT), " X-GZIP ", 1000)).isEqualTo(TEXT);
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (OutputStream out = new DeflaterOutputStream(deflated)) {
            out.write(TEXT);
        }
        assertThat(ReadableBody.of(deflated.toByteArray(), "deflate", 1000)).isEqualTo(TEXT);
    }

    @Test
    void leavesTheRestAsItIs() throws IOException {
        assertThat(ReadableBody.of(TEXT, null, 1000)).isEqualTo(TEXT);
        assertThat(ReadableBody.of(TEXT, "identity", 1000)).isEqualTo(TEXT);
        assertThat(ReadableBody.of(TEXT, "br", 1000)).isEqualTo(TEXT);
        assertThat(ReadableBody.of(TEXT, "gzip", 1000)).isEqualTo(TEXT);
        assertThat(ReadableBody.of(gzip(TEXT), "gzip, gzip", 1000)).isEqualTo(gzip(TEXT));
        assertThat(ReadableBody.of(new byte[0], "gzip", 1000)).isEmpty();
    }

    @Test
    void showsAsMuchAsThereIs() throws IOException {
        byte[] random = new byte[50_000];
        new java.util.Random(1).nextBytes(random);
        byte[] cut = Arrays.copyOf(gzip(random), 16_384);
        assertThat(ReadableBody.of(cut, "gzip", 16_384))
                .hasSizeGreaterThan(10_000)
                .startsWith(random[0], random[1]);
    }

    /** 100 MB of zeros are 100 kB as gzip. */
    @Test
    void stopsAtTheLimit() throws IOException {
        byte[] bomb = gzip(new byte[100_000_000]);
        assertThat(ReadableBody.of(bomb, "gzip", 16_384)).hasSize(16_384);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }
}
