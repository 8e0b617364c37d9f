package dev.ringpost.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringpost.commit.StoreUnavailable;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LinesTest {
    private static final Instant TIME = Instant.parse("2026-11-25T09:00:00.007Z");

    private final LoggingEvent event = new LoggingEvent(
            "test",
            new LoggerContext().getLogger("dev.ringpost.dispatch.AttemptLog"),
            Level.INFO,
            "Gave up",
            null,
            null);

    @Test
    void aTextLineHasItsTimeLevelLoggerMessageAndPairs() {
        with("webhook_id", "wh_1");
        with("error", "HTTP 500 \"now\"");
        with("attempts", 3);
        with("empty", "");
        assertThat(text())
                .isEqualTo("2026-11-25T09:00:00.007Z INFO  AttemptLog: Gave up webhook_id=wh_1"
                        + " error=\"HTTP 500 \\\"now\\\"\" attempts=3 empty=\"\"\n");
    }

    @Test
    void nothingThatIsSentMakesALineOfItsOwn() throws IOException {
        with("error", "a\n2026-11-25T09:00:00.007Z ERROR forged\r\u001b[31m\u2028");
        assertThat(text())
                .endsWith(" error=\"a\\n2026-11-25T09:00:00.007Z ERROR forged\\u000d\\u001b[31m\\u2028\"\n")
                .hasLineCount(1);
        assertThat(new Lines(new JsonLine()).encode(event)).containsOnlyOnce((byte) '\n');
    }

    @Test
    void aJsonLineHasThePairsAsItsOwnMembers() throws IOException {
        with("webhook_id", "wh_1");
        with("attempts", 3);
        with("age_seconds", 4L);
        with("call_id", null);
        assertThat(json())
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        "{\"time\": \"2026-11-25T09:00:00.007Z\", \"level\": \"info\","
                                                + " \"logger\": \"dev.ringpost.dispatch.AttemptLog\", \"message\": \"Gave up\","
                                                + " \"webhook_id\": \"wh_1\", \"attempts\": 3, \"age_seconds\": 4, \"call_id\": null}"));
    }

    @Test
    void anExceptionThatMayQuoteWhatItReadIsNamedWithoutItsMessage() throws IOException {
        event.setThrowableProxy(new ch.qos.logback.classic.spi.ThrowableProxy(new StoreUnavailable(
                "the disk is full", new NumberFormatException("For input string: \"+15550100\""))));
        assertThat(json().get("exception").asText())
                .contains("dev.ringpost.commit.StoreUnavailable: the disk is full\n")
                .contains("Caused by: java.lang.NumberFormatException\n")
                .contains("LinesTest.anException")
                .doesNotContain("5550100");
        assertThat(text())
                .contains("Gave up\n    dev.ringpost.commit.StoreUnavailable: the disk is full\n")
                .doesNotContain("5550100");
    }

    private void with(String key, @Nullable Object value) {
        event.addKeyValuePair(new KeyValuePair(key, value));
    }

    private String text() {
        event.setInstant(TIME);
        return new String(new Lines(new TextLine()).encode(event), UTF_8);
    }

    private JsonNode json() throws IOException {
        event.setInstant(TIME);
        return new ObjectMapper().readTree(new Lines(new JsonLine()).encode(event));
    }
}
