package dev.ringpost.api.input;

import dev.ringpost.signing.WebhookSecret;
import dev.ringpost.webhook.Rotation;
import dev.ringpost.webhook.Signature;
import java.time.Duration;

/** Secrets in bodies: one's own, or a new one made up. */
public final class SecretInput {
    private static final int LONGEST = 255;

    private SecretInput() {}

    /**
     * The body of a rotate-secret.
     *
     * @param signature how the webhook or the account signs now, and goes on to sign
     * @throws dev.ringpost.api.problem.ProblemException 422 with every fault
     */
    public static Rotation rotation(Fields body, Signature signature, FreshSecret fresh) {
        Integer overlap = body.integer("overlap_seconds", 0, (int) Rotation.LONGEST_OVERLAP.toSeconds());
        String secret = read(body, signature, fresh);
        body.done();
        body.faults().check();
        return new Rotation(secret, overlap == null ? Rotation.DEFAULT_OVERLAP : Duration.ofSeconds(overlap));
    }

    /** The text of the own secret in the body, or of a new one. */
    static String read(Fields body, Signature signature, FreshSecret fresh) {
        String own = body.text("secret", LONGEST);
        if (own == null) {
            return fresh.of(signature);
        }
        if (signature == Signature.V1A) {
            body.fault(
                    "secret",
                    "can't be given with signature v1a: Ringpost makes the key pair, and the private key stays with it");
            return own;
        }
        try {
            return WebhookSecret.parse(own).reveal();
        } catch (IllegalArgumentException e) {
            body.fault("secret", "must be whsec_ and the base64 of 24 to 64 bytes");
            return own;
        }
    }
}
