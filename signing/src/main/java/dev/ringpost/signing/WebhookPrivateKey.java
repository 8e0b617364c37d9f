package dev.ringpost.signing;

import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.Base64;

/**
 * A private key of Standard Webhooks, {@code whsk_} and base64, that signs with Ed25519 (version {@code v1a}, RFC 8032).
 * Behind the prefix stand 64 bytes, the seed and the public key; 32 bytes, the seed alone, are read as well.
 */
public final class WebhookPrivateKey implements Signer {
    private static final String PREFIX = "whsk_";

    private final byte[] seed;
    private final KeyPair pair;

    private WebhookPrivateKey(byte[] seed) {
        this.seed = seed;
        this.pair = Ed25519.fromSeed(seed);
    }

    /**
     * Reads a private key.
     *
     * @throws IllegalArgumentException if it is not {@code whsk_} and base64 of 32 or 64 bytes, or its public half does
     *     not fit; the message says what is wrong without repeating it
     */
    public static WebhookPrivateKey parse(String text) {
        byte[] bytes = KeyText.decode("webhook private key", PREFIX, text);
        if (bytes.length != Ed25519.KEY_BYTES && bytes.length != 2 * Ed25519.KEY_BYTES) {
            throw new IllegalArgumentException(
                    "A webhook private key has 32 or 64 bytes behind its prefix; this one has " + bytes.length);
        }
        WebhookPrivateKey key = new WebhookPrivateKey(Arrays.copyOf(bytes, Ed25519.KEY_BYTES));
        if (bytes.length > Ed25519.KEY_BYTES && !MessageDigest.isEqual(bytes, key.bytes())) {
            throw new IllegalArgumentException("The second half of this webhook private key is not its public key");
        }
        return key;
    }

    /** A new random key. */
    public static WebhookPrivateKey generate() {
        byte[] seed = new byte[Ed25519.KEY_BYTES];
        new SecureRandom().nextBytes(seed);
        return new WebhookPrivateKey(seed);
    }

    /** What receivers verify with. */
    public WebhookPublicKey publicKey() {
        return new WebhookPublicKey(pair.getPublic());
    }

    /** The key itself, {@code whsk_...}: for safe storage only. */
    public String reveal() {
        return KeyText.encode(PREFIX, bytes());
    }

    @Override
    public String sign(String id, long timestamp, byte[] body) {
        try {
            Signature signature = Ed25519.signature();
            signature.initSign(pair.getPrivate());
            Ed25519.update(signature, id, timestamp, body);
            return "v1a," + Base64.getEncoder().encodeToString(signature.sign());
        } catch (InvalidKeyException | SignatureException e) {
            throw new IllegalStateException("The JDK refuses to sign with a key that it has made itself", e);
        }
    }

    /** Never the key: it must not reach a log. */
    @Override
    public String toString() {
        return "WebhookPrivateKey[hidden]";
    }

    private byte[] bytes() {
        byte[] bytes = Arrays.copyOf(seed, 2 * Ed25519.KEY_BYTES);
        System.arraycopy(Ed25519.raw(pair.getPublic()), 0, bytes, Ed25519.KEY_BYTES, Ed25519.KEY_BYTES);
        return bytes;
    }
}
