package dev.ringpost.webhook;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A secret that deliveries are signed with. Who has several has them newest first: the first one stays, those behind it
 * were rotated out and sign along until they end.
 *
 * @param text as in Standard Webhooks: {@code whsec_} and base64, or the private key {@code whsk_} and base64
 * @param validUntil after a rotation, when it stops to sign; null: no end
 */
public record SigningSecret(String text, @Nullable Instant validUntil) {
    /** The newest, which is the one to show and to hand to receivers. */
    public static SigningSecret current(List<SigningSecret> newestFirst) {
        return newestFirst.getFirst();
    }

    public Signature signature() {
        return Signature.ofSecret(text);
    }

    /** Whether what is sent at this moment is signed with it. */
    public boolean signsAt(Instant now) {
        return validUntil == null || validUntil.isAfter(now);
    }

    /** The same, signing no longer than until then. */
    SigningSecret endingBy(Instant end) {
        return validUntil != null && validUntil.isBefore(end) ? this : new SigningSecret(text, end);
    }

    /** Never the secret: it must not reach a log. */
    @Override
    public String toString() {
        return "SigningSecret[validUntil=" + validUntil + "]";
    }
}
