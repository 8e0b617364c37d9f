package dev.ringpost.api.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringpost.api.problem.ProblemException;
import java.nio.charset.Charset;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    /** One char is one byte. What many parsers take is refused: overlong forms, surrogates, what is beyond Unicode. */
    @ParameterizedTest
    @CsvSource({
        "\"\u00c0\u0080\", 2",
        "\"\u00c1\u0081\", 2",
        "\"ok\u00e0\u0080\u00af\", 4",
        "\"\u00ed\u00a0\u0080\", 2",
        "\"\u00ed\u00a0\u00bd\u00ed\u00b8\u0080\", 2",
        "\"\u00f4\u0090\u0080\u0080\", 2",
        "\"\u00ff\", 2",
        "\"\u00e4, 2",
    })
    void onlyUtf8IsRead(String body, int at) {
        assertThatThrownBy(() -> StrictJson.parse(body.getBytes(ISO_8859_1)))
                .isInstanceOf(ProblemException.class)
                .hasMessage("The body is not UTF-8 (byte " + at + ")");
    }

    @Test
    void saysWhereItIsNotUtf8HoweverLongItIs() {
        byte[] body = ("\"" + "\u00e4".repeat(10_000) + "\"").getBytes(UTF_8);
        assertThat(StrictJson.parse(body).textValue()).hasSize(10_000);
        body[15_000] = (byte) 0xff;
        assertThatThrownBy(() -> StrictJson.parse(body)).hasMessageContaining("byte 15000");
    }

    @Test
    void noOtherEncodingIsGuessed() {
        for (Charset charset : new Charset[] {UTF_16BE, UTF_16LE, Charset.forName("UTF-32BE")}) {
            assertThatThrownBy(() -> StrictJson.parse("{\"a\":1}".getBytes(charset)))
                    .as(charset.name())
                    .hasMessageContaining("NUL");
        }
        assertThat(StrictJson.parse("\ufeff{\"a\":1}".getBytes(UTF_8)).has("a")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1e400, 1E+400",
        "1E-400, 1E-400",
        "-0.0, 0.0",
        "1.50, 1.50",
        "9223372036854775808, 9223372036854775808",
        "0.1000000000000000055511151231257827021181583404541015625, 0.1000000000000000055511151231257827021181583404541015625",
    })
    void numbersKeepEveryDigit(String number, String compact) {
        assertThat(StrictJson.compact(StrictJson.parse(number.getBytes(UTF_8)))).isEqualTo(compact);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999999999999", "-1e99999999999999999999", "[1, 1e-99999999999999999999]"})
    void anExponentBeyondReasonIsMalformedAndNotRepeated(String number) {
        assertThatThrownBy(() -> StrictJson.parse(number.getBytes(UTF_8)))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("A number's exponent is beyond what Ringpost reads (line 1, column ")
                .hasMessageNotContaining("9999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} {}", "1 2", "{}x", "[],", "{}]"})
    void nothingMayFollow(String body) {
        assertThatThrownBy(() -> StrictJson.parse(body.getBytes(UTF_8))).isInstanceOf(ProblemException.class);
    }

    @Test
    void boundsWhatATreeCosts() {
        String most = "[" + "0,".repeat(249_000) + "0]";
        assertThat(StrictJson.parse(most.getBytes(UTF_8))).hasSize(249_001);
        String more = "[" + "0,".repeat(251_000) + "0]";
        assertThatThrownBy(() -> StrictJson.parse(more.getBytes(UTF_8))).hasMessageContaining("250000 tokens");
    }

    @Test
    void eachItemOfALargeArrayIsReadForItself() {
        String large = IntStream.range(0, 20)
                .mapToObj(i -> "{\"n\": " + i + ", \"text\": \"\u00e4" + "x".repeat(100_000) + "\"}")
                .collect(Collectors.joining(" , ", " [ ", ",{\"k\":1,\"k\":2},7,\"s\" ] "));
        JsonItems items = JsonItems.parse(large.getBytes(UTF_8), 100);
        assertThat(items.items()).hasSize(23);
        for (int i = 0; i < 20; i++) {
            assertThat(items.items().get(i).node().path("n").intValue()).isEqualTo(i);
            assertThat(items.items().get(i).bytes()).isBetween(100_015L, 100_030L);
        }
        assertThatThrownBy(() -> items.items().get(20).node()).hasMessageContaining("occurs twice");
        assertThat(items.items().get(21).node().intValue()).isEqualTo(7);
        assertThat(items.items().get(22).node().textValue()).isEqualTo("s");
        assertThatThrownBy(() -> JsonItems.parse((large + "x").getBytes(UTF_8), 100))
                .isInstanceOf(ProblemException.class);
        assertThat(JsonItems.parse(large.getBytes(UTF_8), 5).items()).hasSize(6);
    }
}
