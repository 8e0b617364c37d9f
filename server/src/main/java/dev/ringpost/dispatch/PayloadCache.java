package dev.ringpost.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/** The payloads of recent events in memory, one copy for all deliveries of an event, bounded in bytes. */
final class PayloadCache {
    private static final long MAX_BYTES = 16L << 20;
    /** What an entry costs beside its bytes. */
    private static final int OVERHEAD = 100;

    private final Cache<Long, byte[]> payloads = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES)
            .weigher((Long event, byte[] payload) -> payload.length + OVERHEAD)
            .build();

    void put(long event, byte[] payload) {
        payloads.put(event, payload);
    }

    byte @Nullable [] get(long event) {
        return payloads.getIfPresent(event);
    }
}
