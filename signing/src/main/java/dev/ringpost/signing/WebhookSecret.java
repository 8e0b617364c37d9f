package dev.ringpost.signing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A shared secret of Standard Webhooks, {@code whsec_} and base64 of 24 to 64 bytes, that signs and verifies with
 * HMAC-SHA256 (version {@code v1}).
 */
public final class WebhookSecret implements Signer, VerificationKey {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;
    private static final int GENERATED_BYTES = 32;

    private final byte[] key;

    /** Keyed and never fed: each signature works on a clone, which is far cheaper than keying one anew. */
    private final Mac keyed;

    private WebhookSecret(byte[] key) {
        this.key = key;
        this.keyed = keyed(key);
    }

    /**
     * Reads a secret.
     *
     * @throws IllegalArgumentException if it is not {@code whsec_} and base64 of 24 to 64 bytes; the message says what is
     *     wrong without repeating it
     */
    public static WebhookSecret parse(String text) {
        byte[] key = KeyText.decode("webhook secret", PREFIX, text);
        if (key.length < MIN_BYTES || key.length > MAX_BYTES) {
            throw new IllegalArgumentException("A webhook secret has " + MIN_BYTES + " to " + MAX_BYTES
                    + " bytes behind its prefix; this one has " + key.length);
        }
        return new WebhookSecret(key);
    }

    /** A new secret of 32 random bytes. */
    public static WebhookSecret generate() {
        byte[] key = new byte[GENERATED_BYTES];
        new SecureRandom().nextBytes(key);
        return new WebhookSecret(key);
    }

    /** The secret itself, {@code whsec_...}: for its owner and for safe storage only. */
    public String reveal() {
        return KeyText.encode(PREFIX, key);
    }

    @Override
    public String version() {
        return "v1";
    }

    @Override
    public String sign(String id, long timestamp, byte[] body) {
        return "v1," + Base64.getEncoder().encodeToString(mac(id, timestamp, body));
    }

    @Override
    public boolean matches(byte[] signature, String id, long timestamp, byte[] body) {
        return MessageDigest.isEqual(mac(id, timestamp, body), signature);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WebhookSecret that && MessageDigest.isEqual(key, that.key);
    }

    /** Of no use to who sees it: nothing of the secret. */
    @Override
    public int hashCode() {
        return key.length;
    }

    /** Never the secret: it must not reach a log. */
    @Override
    public String toString() {
        return "WebhookSecret[hidden]";
    }

    private byte[] mac(String id, long timestamp, byte[] body) {
        try {
            Mac mac = (Mac) keyed.clone();
            mac.update(id.getBytes(UTF_8));
            mac.update((byte) '.');
            mac.update(Long.toString(timestamp).getBytes(US_ASCII));
            mac.update((byte) '.');
            return mac.doFinal(body);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(
                    "This Java's " + ALGORITHM + " cannot be cloned; use the JDK's provider", e);
        }
    }

    private static Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + ALGORITHM, e);
        }
    }
}
