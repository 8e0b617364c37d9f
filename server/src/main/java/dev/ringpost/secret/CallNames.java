package dev.ringpost.secret;

import dev.ringpost.store.CallName;
import dev.ringpost.store.CallNumber;
import dev.ringpost.store.ExternalKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed hashes of what calls are named by: good to look a call up by and to know an erased one again, and no more to
 * be read from them without the master key than from random bytes. Safe for use by many threads.
 */
public final class CallNames {
    /** Two names that share a hash are not to be found by trying. */
    private static final int HASH_BYTES = 16;

    private final ThreadLocal<Mac> macs;

    CallNames(byte[] key) {
        SecretKeySpec spec = new SecretKeySpec(key, "HmacSHA256");
        this.macs = ThreadLocal.withInitial(() -> Hmac.sha256(spec));
    }

    /** 16 bytes. */
    public byte[] hash(CallName name) {
        Mac mac = macs.get();
        mac.update(ByteBuffer.allocate(Long.BYTES).putLong(0, name.account()));
        switch (name) {
            case CallNumber(long _, long no) -> {
                mac.update((byte) 1);
                mac.update(ByteBuffer.allocate(Long.BYTES).putLong(0, no));
            }
            case ExternalKey(long _, String externalId) -> {
                mac.update((byte) 2);
                mac.update(externalId.getBytes(StandardCharsets.UTF_8));
            }
        }
        return Arrays.copyOf(mac.doFinal(), HASH_BYTES);
    }
}
