package dev.ringpost.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals texts that somebody else keeps and brings back, such as the cookie of a session: who holds one can neither read nor
 * change it. Safe for use by many threads.
 */
public final class SealedTokens {
    private final AesGcm aes = new AesGcm();
    private final SecretKeySpec key;

    SealedTokens(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * A token of letters, digits, {@code -} and {@code _}.
     *
     * @param purpose what it is for; it opens for nothing else
     */
    public String seal(String plain, String purpose) {
        byte[] sealed = aes.seal(key, plain.getBytes(StandardCharsets.UTF_8), place(purpose));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** What was sealed; empty where it was not sealed here, for another purpose, or was changed since. */
    public Optional<String> open(String token, String purpose) {
        try {
            byte[] plain = aes.open(key, Base64.getUrlDecoder().decode(token), place(purpose));
            return Optional.of(new String(plain, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static byte[] place(String purpose) {
        return purpose.getBytes(StandardCharsets.UTF_8);
    }
}
