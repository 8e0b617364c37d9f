package dev.ringpost.sender;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("1994-11-06T08:49:37Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-|-",
                "0|PT0S",
                "120|PT2M",
                "' 7 '|PT7S",
                "86400|PT24H",
                "86401|PT24H",
                "999999999999999999999999|PT24H",
                "Sun, 06 Nov 1994 08:49:47 GMT|PT10S",
                "Sun, 06 Nov 1994 08:49:27 GMT|PT0S",
                "Tue, 08 Nov 1994 08:49:37 GMT|PT24H",
                "''|-",
                "-1|-",
                "1.5|-",
                "soon|-",
                "Sun, 99 Nov 1994 08:49:37 GMT|-",
            })
    void readsSecondsAndDates(@Nullable String header, @Nullable Duration wait) {
        // A literal "-1" is no null: the table's null is a lone dash.
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(wait);
    }
}
