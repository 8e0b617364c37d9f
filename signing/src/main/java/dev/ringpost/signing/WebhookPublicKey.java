package dev.ringpost.signing;

import java.security.InvalidKeyException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import org.jspecify.annotations.Nullable;

/**
 * A public key of Standard Webhooks, {@code whpk_} and base64 of 32 bytes, that verifies Ed25519 signatures (version
 * {@code v1a}, RFC 8032).
 */
public final class WebhookPublicKey implements VerificationKey {
    private static final String PREFIX = "whpk_";

    private final PublicKey key;

    WebhookPublicKey(PublicKey key) {
        this.key = key;
    }

    /**
     * Reads a public key.
     *
     * @throws IllegalArgumentException if it is not {@code whpk_} and base64 of an Ed25519 public key
     */
    public static WebhookPublicKey parse(String text) {
        byte[] raw = KeyText.decode("webhook public key", PREFIX, text);
        if (raw.length != Ed25519.KEY_BYTES) {
            throw new IllegalArgumentException("A webhook public key has " + Ed25519.KEY_BYTES
                    + " bytes behind its prefix; this one has " + raw.length);
        }
        return new WebhookPublicKey(Ed25519.publicKey(raw));
    }

    /** The key as text, {@code whpk_...}. */
    public String text() {
        return KeyText.encode(PREFIX, Ed25519.raw(key));
    }

    @Override
    public String version() {
        return "v1a";
    }

    @Override
    public boolean matches(byte[] signature, String id, long timestamp, byte[] body) {
        try {
            Signature verification = Ed25519.signature();
            verification.initVerify(key);
            Ed25519.update(verification, id, timestamp, body);
            return verification.verify(signature);
        } catch (SignatureException e) {
            // Not the shape of a signature: the JDK throws where the length or the numbers in it are impossible.
            return false;
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("The JDK refuses a key that it has read itself", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WebhookPublicKey that && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
