package dev.ringpost.signing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Raw Ed25519 keys (RFC 8032) and the JDK's objects for them. */
final class Ed25519 {
    static final int KEY_BYTES = 32;

    private static final String ALGORITHM = "Ed25519";

    /** What stands before the 32 bytes of a public key in its X.509 form (RFC 8410). */
    private static final byte[] X509_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    /** The pair that a 32 byte seed stands for. */
    static KeyPair fromSeed(byte[] seed) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            // The JDK derives a public key only while it generates a pair; so the pair's randomness is the given seed.
            generator.initialize(NamedParameterSpec.ED25519, new GivenBytes(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + ALGORITHM, e);
        }
    }

    /** The 32 bytes of a public key. */
    static byte[] raw(PublicKey key) {
        byte[] encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    }

    /**
     * The public key of 32 bytes.
     *
     * @throws IllegalArgumentException if they are none
     */
    static PublicKey publicKey(byte[] raw) {
        byte[] encoded = Arrays.copyOf(X509_HEAD, X509_HEAD.length + KEY_BYTES);
        System.arraycopy(raw, 0, encoded, X509_HEAD.length, KEY_BYTES);
        try {
            PublicKey key = KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
            // Only here does the JDK look whether the bytes are a point of the curve.
            signature().initVerify(key);
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("Not an Ed25519 public key", e);
        }
    }

    static Signature signature() {
        try {
            return Signature.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + ALGORITHM, e);
        }
    }

    /** Feeds the signed content of Standard Webhooks: {@code id.timestamp.body}. */
    static void update(Signature signature, String id, long timestamp, byte[] body) throws SignatureException {
        signature.update(id.getBytes(UTF_8));
        signature.update((byte) '.');
        signature.update(Long.toString(timestamp).getBytes(US_ASCII));
        signature.update((byte) '.');
        signature.update(body);
    }

    /** Random bytes that are none. */
    private static final class GivenBytes extends SecureRandom {
        private final transient byte[] bytes;

        GivenBytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public void nextBytes(byte[] target) {
            System.arraycopy(bytes, 0, target, 0, target.length);
        }
    }
}
