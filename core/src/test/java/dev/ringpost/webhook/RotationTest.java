package dev.ringpost.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RotationTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final List<SigningSecret> ONE = List.of(new SigningSecret("whsec_a", null));

    @Test
    void theOldSecretSignsAlongForTheOverlap() {
        assertThat(rotate(ONE, "whsec_b", 60, NOW)).containsExactly(secret("whsec_b"), secret("whsec_a", 60));
        assertThat(secret("whsec_a", 60).signsAt(NOW.plusSeconds(59))).isTrue();
        assertThat(secret("whsec_a", 60).signsAt(NOW.plusSeconds(60))).isFalse();
    }

    @Test
    void withoutOverlapItEndsAtOnceAndSoDoAllBeforeIt() {
        List<SigningSecret> two = rotate(ONE, "whsec_b", 60, NOW);
        assertThat(rotate(two, "whsec_c", 0, NOW)).containsExactly(secret("whsec_c"));
    }

    @Test
    void noneOutlivesTheLastRotationsOverlapAndNoneIsProlonged() {
        List<SigningSecret> two = rotate(ONE, "whsec_b", 60, NOW);
        assertThat(rotate(two, "whsec_c", 30, NOW))
                .containsExactly(secret("whsec_c"), secret("whsec_b", 30), secret("whsec_a", 30));
        assertThat(rotate(two, "whsec_c", 90, NOW))
                .containsExactly(secret("whsec_c"), secret("whsec_b", 90), secret("whsec_a", 60));
    }

    @Test
    void whatHasEndedIsDropped() {
        List<SigningSecret> two = rotate(ONE, "whsec_b", 60, NOW);
        Instant later = NOW.plusSeconds(60);
        assertThat(rotate(two, "whsec_c", 10, later))
                .containsExactly(secret("whsec_c"), new SigningSecret("whsec_b", later.plusSeconds(10)));
    }

    @Test
    void theOldestEndsWhenThereAreTooMany() {
        List<SigningSecret> secrets = ONE;
        for (char name = 'b'; name <= 'g'; name++) {
            secrets = rotate(secrets, "whsec_" + name, 60, NOW);
        }
        assertThat(secrets)
                .extracting(SigningSecret::text)
                .containsExactly("whsec_g", "whsec_f", "whsec_e", "whsec_d", "whsec_c");
    }

    @Test
    void anOldSecretComesBackAndSignsOnce() {
        List<SigningSecret> two = rotate(ONE, "whsec_b", 60, NOW);
        assertThat(rotate(two, "whsec_a", 60, NOW)).containsExactly(secret("whsec_a"), secret("whsec_b", 60));
        assertThat(rotate(ONE, "whsec_a", 60, NOW)).containsExactly(secret("whsec_a"));
    }

    @Test
    void theTextSaysHowIsSigned() {
        assertThat(secret("whsec_a").signature()).isEqualTo(Signature.V1);
        assertThat(secret("whsk_a").signature()).isEqualTo(Signature.V1A);
        assertThatThrownBy(() -> secret("other").signature()).message().doesNotContain("other");
    }

    private static List<SigningSecret> rotate(List<SigningSecret> before, String text, long overlap, Instant now) {
        return new Rotation(text, Duration.ofSeconds(overlap)).after(before, now);
    }

    private static SigningSecret secret(String text) {
        return new SigningSecret(text, null);
    }

    private static SigningSecret secret(String text, long seconds) {
        return new SigningSecret(text, NOW.plusSeconds(seconds));
    }
}
