package dev.ringpost.secret;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Nonces for AES-GCM, each given once: they count up from a random start, which is much cheaper than to draw each one.
 * Two runs of a server would have to draw the same 32 bits and two starts of 64 bits nearer to each other than messages
 * were sealed, and to seal with one call's key at that very count, to use a nonce twice. Safe for use by many threads.
 */
final class Nonces {
    static final int BYTES = 12;

    private final int run;
    private final AtomicLong count;

    Nonces(SecureRandom random) {
        this.run = random.nextInt();
        this.count = new AtomicLong(random.nextLong());
    }

    byte[] next() {
        return ByteBuffer.allocate(BYTES)
                .putInt(run)
                .putLong(count.getAndIncrement())
                .array();
    }
}
