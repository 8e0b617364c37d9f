package dev.ringpost.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals bytes with AES-256-GCM. What is sealed for one place can't be opened as another's: the place is authenticated
 * with it. Safe for use by many threads.
 */
public final class SecretBox {
    private final AesGcm aes = new AesGcm();
    private final SecretKeySpec key;

    SecretBox(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /** @param place what it is and whose, such as {@code endpoint:17} */
    public byte[] seal(byte[] plain, String place) {
        return aes.seal(key, plain, place.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws BadMasterKey if it was sealed with another key or for another place, or was changed since */
    public byte[] open(byte[] sealed, String place) {
        try {
            return aes.open(key, sealed, place.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new BadMasterKey(
                    "What is sealed for " + place + " doesn't open with this master key: it was sealed with another.",
                    e);
        }
    }
}
