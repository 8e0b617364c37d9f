package dev.ringpost.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The text of an API key: a prefix and 32 random bytes in base62. Only its SHA-256 is kept. */
public final class KeyText {
    static final String SECRET = "rp_sk_";

    /** Of a key that may be public. */
    static final String PUBLIC = "rp_pk_";

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int BYTES = 32;

    /** 62^43 is more than 2^256. */
    private static final int LENGTH = 43;

    private KeyText() {}

    /** A new secret key. */
    public static String generate() {
        return generate(SECRET);
    }

    /** @param prefix {@link #SECRET} or {@link #PUBLIC} */
    static String generate(String prefix) {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return prefix + base62(random);
    }

    /** Lower-case hex of the key's SHA-256. */
    public static String hash(String key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String base62(byte[] bytes) {
        BigInteger rest = new BigInteger(1, bytes);
        char[] text = new char[LENGTH];
        for (int i = LENGTH - 1; i >= 0; i--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            text[i] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(text);
    }
}
