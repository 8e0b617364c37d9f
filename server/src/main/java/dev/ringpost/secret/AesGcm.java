package dev.ringpost.secret;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM (NIST SP 800-38D) with a nonce of its own for each message. Safe for use by many threads.
 *
 * <p>Layout: one byte of version (1), 12 bytes of nonce, the cipher text with its 16-byte tag.
 */
final class AesGcm {
    private static final byte VERSION = 1;
    private static final int TAG_BITS = 128;
    private static final int HEADER = 1 + Nonces.BYTES;

    private final Nonces nonces = new Nonces(new SecureRandom());

    /** Finding a cipher costs as much as sealing a small message: a thread keeps its own. */
    private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(AesGcm::newCipher);

    byte[] seal(SecretKeySpec key, byte[] plain, byte[] place) {
        byte[] nonce = nonces.next();
        try {
            Cipher cipher = ciphers.get();
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place);
            byte[] sealed = new byte[HEADER + cipher.getOutputSize(plain.length)];
            ByteBuffer.wrap(sealed).put(VERSION).put(nonce);
            cipher.doFinal(plain, 0, plain.length, sealed, HEADER);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES/GCM", e);
        }
    }

    /** @throws GeneralSecurityException if it was sealed otherwise, or was changed since */
    byte[] open(SecretKeySpec key, byte[] sealed, byte[] place) throws GeneralSecurityException {
        if (sealed.length <= HEADER || sealed[0] != VERSION) {
            throw new GeneralSecurityException("not of a form that this version knows");
        }
        Cipher cipher = ciphers.get();
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 1, Nonces.BYTES));
        cipher.updateAAD(place);
        return cipher.doFinal(sealed, HEADER, sealed.length - HEADER);
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES/GCM", e);
        }
    }
}
