package dev.ringpost.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals bytes with AES-256-GCM. What is sealed for one place can't be opened as another's: the place is authenticated
 * with it. Safe for use by many threads.
 *
 * <p>Layout: one byte of version (1), 12 bytes of random nonce, the cipher text with its 16-byte tag.
 */
public final class SecretBox {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    SecretBox(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** @param place what it is and whose, such as {@code endpoint:17} */
    public byte[] seal(byte[] plain, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, 0, place);
            byte[] sealed = new byte[1 + NONCE_BYTES + cipher.getOutputSize(plain.length)];
            sealed[0] = VERSION;
            System.arraycopy(nonce, 0, sealed, 1, NONCE_BYTES);
            cipher.doFinal(plain, 0, plain.length, sealed, 1 + NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES/GCM", e);
        }
    }

    /** @throws BadMasterKey if it was sealed with another key or for another place, or was changed since */
    public byte[] open(byte[] sealed, String place) {
        if (sealed.length <= NONCE_BYTES || sealed[0] != VERSION) {
            throw new BadMasterKey("What is sealed for " + place + " is not of a form that this version knows.");
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, sealed, 1, place)
                    .doFinal(sealed, 1 + NONCE_BYTES, sealed.length - 1 - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new BadMasterKey(
                    "What is sealed for " + place + " doesn't open with this master key: it was sealed with another.",
                    e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, int at, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, Arrays.copyOfRange(nonce, at, at + NONCE_BYTES)));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
