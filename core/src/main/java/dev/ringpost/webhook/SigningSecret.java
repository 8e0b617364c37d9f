package dev.ringpost.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A secret that deliveries are signed with.
 *
 * @param text as in Standard Webhooks: {@code whsec_} and base64
 * @param validUntil after a rotation, when it stops to sign; null: no end
 */
public record SigningSecret(String text, @Nullable Instant validUntil) {
    /** Never the secret: it must not reach a log. */
    @Override
    public String toString() {
        return "SigningSecret[validUntil=" + validUntil + "]";
    }
}
