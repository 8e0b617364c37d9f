package dev.ringpost.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ringpost.signing.VerificationException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String TIME = "1614265330";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
    private static final InstantSource NOW = InstantSource.fixed(Instant.ofEpochSecond(1614265330));

    private final WebhookSecret secret = WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private final Verifier verifier = new Verifier(List.of(secret), Verifier.DEFAULT_TOLERANCE, NOW);

    @ParameterizedTest
    @ValueSource(
            strings = {
                SIGNATURE,
                "v1,AAAA " + SIGNATURE,
                "nonsense v1a,AAAA v2,%% v1,%% " + SIGNATURE + " v1,AAAA",
                " " + SIGNATURE + "  ",
            })
    void takesAMessageOfWhichOneSignatureFits(String header) {
        assertThatCode(() -> verifier.verify(ID, TIME, header, BODY)).doesNotThrowAnyException();
    }

    @Test
    void takesAnyOfSeveralKeys() {
        WebhookPrivateKey pair = WebhookPrivateKey.generate();
        Verifier both = new Verifier(
                List.of(WebhookSecret.generate(), secret, pair.publicKey()), Verifier.DEFAULT_TOLERANCE, NOW);
        assertThatCode(() -> both.verify(ID, TIME, SIGNATURE, BODY)).doesNotThrowAnyException();
        assertThatCode(() -> both.verify(ID, TIME, pair.sign(ID, 1614265330, BODY), BODY))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1,AAAA",
                "v1",
                "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "v1,h0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            })
    void refusesAMessageOfWhichNoSignatureFits(String header) {
        assertThat(fault(ID, TIME, header, BODY).reason()).isEqualTo(Reason.NO_MATCH);
    }

    @Test
    void refusesAnotherIdTimeBodyOrKey() {
        assertThat(fault("msg_x", TIME, SIGNATURE, BODY).reason()).isEqualTo(Reason.NO_MATCH);
        assertThat(fault(ID, "1614265331", SIGNATURE, BODY).reason()).isEqualTo(Reason.NO_MATCH);
        assertThat(fault(ID, TIME, SIGNATURE, new byte[0])).hasMessageContaining("byte for byte");
        Verifier other = new Verifier(List.of(WebhookSecret.generate()), Verifier.DEFAULT_TOLERANCE, NOW);
        assertThatThrownBy(() -> other.verify(ID, TIME, SIGNATURE, BODY)).isInstanceOf(VerificationException.class);
    }

    @Test
    void namesTheHeaderThatIsMissing() {
        assertThat(fault(null, TIME, SIGNATURE, BODY)).hasMessageContaining("webhook-id");
        assertThat(fault(ID, null, SIGNATURE, BODY)).hasMessageContaining("webhook-timestamp");
        assertThat(fault(ID, TIME, " ", BODY)).hasMessageContaining("webhook-signature");
    }

    @ParameterizedTest
    @CsvSource({"0,", "300,", "-300,", "301,TOO_OLD", "-301,TOO_NEW"})
    void holdsTheTolerance(long secondsLater, @Nullable Reason reason) {
        Verifier late = new Verifier(
                List.of(secret),
                Duration.ofMinutes(5),
                InstantSource.fixed(Instant.ofEpochSecond(1614265330 + secondsLater)));
        VerificationException fault =
                catchThrowableOfType(VerificationException.class, () -> late.verify(ID, TIME, SIGNATURE, BODY));
        assertThat(fault == null ? null : fault.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"now", "1614265330.0", "99999999999999999999", "0x5"})
    void refusesATimestampThatIsNone(String timestamp) {
        assertThat(fault(ID, timestamp, SIGNATURE, BODY).reason()).isEqualTo(Reason.BAD_TIMESTAMP);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE})
    void timestampsAtTheEdgesDoNotWrap(long timestamp) {
        assertThat(fault(ID, Long.toString(timestamp), SIGNATURE, BODY).reason())
                .isIn(Reason.TOO_OLD, Reason.TOO_NEW);
    }

    @Test
    void needsAKey() {
        assertThatThrownBy(Verifier::new).hasMessageContaining("at least one key");
    }

    private VerificationException fault(
            @Nullable String id, @Nullable String timestamp, @Nullable String signatures, byte[] body) {
        return catchThrowableOfType(
                VerificationException.class, () -> verifier.verify(id, timestamp, signatures, body));
    }
}
