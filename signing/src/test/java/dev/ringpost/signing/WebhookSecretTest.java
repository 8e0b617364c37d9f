package dev.ringpost.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {
    private static final WebhookSecret PUBLISHED = WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);

    @Test
    void signsAsTheSpecificationPublishes() {
        assertThat(PUBLISHED.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void signsTheSameOnManyThreadsAtOnce() {
        assertThat(IntStream.range(0, 10_000)
                        .parallel()
                        .mapToObj(i -> PUBLISHED.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, BODY))
                        .distinct())
                .containsExactly("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void headerHoldsOneSignatureForEachSigner() {
        WebhookSecret other = WebhookSecret.generate();
        assertThat(Signer.header(List.of(PUBLISHED, other), "msg_1", 5, BODY))
                .isEqualTo(PUBLISHED.sign("msg_1", 5, BODY) + " " + other.sign("msg_1", 5, BODY));
    }

    @Test
    void generatesSecretsThatReadBack() {
        WebhookSecret secret = WebhookSecret.generate();
        assertThat(WebhookSecret.parse(secret.reveal())).isEqualTo(secret).hasSameHashCodeAs(secret);
        assertThat(WebhookSecret.generate()).isNotEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 32, 64})
    void takesSecretsOf24To64Bytes(int bytes) {
        String text = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
        assertThat(WebhookSecret.parse(text).reveal()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 23, 65})
    void refusesOtherLengths(int bytes) {
        assertThatThrownBy(
                        () -> WebhookSecret.parse("whsec_" + Base64.getEncoder().encodeToString(new byte[bytes])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("24 to 64 bytes")
                .hasMessageContaining("has " + bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_%%%%secretpart", "whsec_MfKQ9", "whpk_AAAA"})
    void saysWhatIsWrongWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> WebhookSecret.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whsec_")
                .hasNoCause()
                .message()
                .doesNotContain("MfKQ", "secretpart");
    }

    @Test
    void isNeverPrinted() {
        assertThat(PUBLISHED.toString()).doesNotContain("MfKQ");
    }
}
