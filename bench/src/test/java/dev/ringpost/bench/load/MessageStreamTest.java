package dev.ringpost.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageStreamTest {
    private static final String TWO_REQUESTS = "POST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nfirst"
            + "POST /b HTTP/1.1\r\ncontent-length:6\r\nx: y\r\n\r\nsecond";

    private final List<String> bodies = new ArrayList<>();
    private final MessageStream stream =
            new MessageStream((bytes, body, end) -> bodies.add(new String(bytes, body, end - body, US_ASCII)));

    @Test
    void findsMessagesWhereverTheyAreCut() {
        for (int cut = 0; cut <= TWO_REQUESTS.length(); cut++) {
            feed(TWO_REQUESTS.substring(0, cut));
            feed(TWO_REQUESTS.substring(cut));
        }

        assertThat(bodies)
                .hasSize(2 * (TWO_REQUESTS.length() + 1))
                .startsWith("first", "second")
                .containsOnly("first", "second");
    }

    @Test
    void knowsAMessageWithoutABody() {
        feed("HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");

        assertThat(bodies).containsExactly("", "ok");
    }

    @Test
    void keepsTheBeginOfALargeBodyOnly() {
        feed("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n" + "x".repeat(100_000));

        assertThat(bodies).singleElement().satisfies(body -> assertThat(body).hasSizeBetween(1000, 4096));
    }

    private void feed(String text) {
        stream.feed(ByteBuffer.wrap(text.getBytes(US_ASCII)));
    }
}
