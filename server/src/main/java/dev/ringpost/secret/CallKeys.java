package dev.ringpost.secret;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Derives each call's sealing key from a random value of the call's own and the master key (HMAC-SHA256). Who overwrites
 * the value has erased the call: what was sealed with it opens no more, not even for who has the master key. Safe for
 * use by many threads.
 */
public final class CallKeys {
    private static final int VALUE_BYTES = 32;

    private final AesGcm aes = new AesGcm();
    private final SecureRandom random = new SecureRandom();
    private final ThreadLocal<Mac> macs;

    CallKeys(byte[] key) {
        SecretKeySpec spec = new SecretKeySpec(key, "HmacSHA256");
        this.macs = ThreadLocal.withInitial(() -> Hmac.sha256(spec));
    }

    /** A new call's value: 32 random bytes. */
    public byte[] newValue() {
        byte[] value = new byte[VALUE_BYTES];
        random.nextBytes(value);
        return value;
    }

    /** What a value is overwritten with: of the same size, so that it is overwritten where it stands. */
    public byte[] erasedValue() {
        return new byte[VALUE_BYTES];
    }

    /** The key of a call; null where its value was erased or is not there. */
    public @Nullable CallKey key(long call, byte @Nullable [] value) {
        if (value == null || Arrays.equals(value, erasedValue())) {
            return null;
        }
        Mac mac = macs.get();
        mac.update(ByteBuffer.allocate(Long.BYTES).putLong(0, call));
        return key(mac.doFinal(value), 0);
    }

    /** A key as {@link CallKey#copyTo} left it. */
    CallKey key(byte[] bytes, int at) {
        return new CallKey(aes, new SecretKeySpec(bytes, at, CallKey.BYTES, "AES"));
    }

    /** Seals and opens what is stored about one call. */
    public static final class CallKey {
        static final int BYTES = 32;

        private final AesGcm aes;
        private final SecretKeySpec key;

        private CallKey(AesGcm aes, SecretKeySpec key) {
            this.aes = aes;
            this.key = key;
        }

        void copyTo(byte[] into, int at) {
            System.arraycopy(key.getEncoded(), 0, into, at, BYTES);
        }

        /** @param no the row's number: what is sealed for one row opens in no other */
        public byte[] seal(byte[] plain, Part part, long no) {
            return aes.seal(key, plain, place(part, no));
        }

        /** @throws BadMasterKey if it was sealed with another key or for another row, or was changed since */
        public byte[] open(byte[] sealed, Part part, long no) {
            try {
                return aes.open(key, sealed, place(part, no));
            } catch (GeneralSecurityException e) {
                throw new BadMasterKey("The " + part + " of row " + no + " does not open with its call's key.", e);
            }
        }

        private static byte[] place(Part part, long no) {
            return ByteBuffer.allocate(1 + Long.BYTES)
                    .put(part.code)
                    .putLong(no)
                    .array();
        }
    }

    /** What of a call is sealed. A code is authenticated with what is stored: it never changes. */
    public enum Part {
        /** Of the call: all that nothing is searched by. */
        DETAILS(1),
        /** Of an event. */
        PAYLOAD(2),
        /** Of an attempt: headers and body of what the receiver answered. */
        ANSWER(3),
        /** What a request with an Idempotency-Key was answered. */
        REPLY(4);

        private final byte code;

        Part(int code) {
            this.code = (byte) code;
        }
    }
}
