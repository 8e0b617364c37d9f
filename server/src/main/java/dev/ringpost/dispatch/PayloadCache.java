package dev.ringpost.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ringpost.delivery.Delivery;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The payloads of recent events in memory, one copy for all deliveries of an event, bounded in bytes. What was read of an
 * erased call before its erasure is not taken any more.
 */
final class PayloadCache {
    private static final long MAX_BYTES = 16L << 20;
    /** What an entry costs beside its bytes. */
    private static final int OVERHEAD = 100;

    /** No read of the store takes so long. */
    private static final Duration ERASED_REMEMBERED = Duration.ofMinutes(1);

    private final Cache<Long, Payload> payloads = Caffeine.newBuilder()
            .maximumWeight(MAX_BYTES)
            .weigher((Long event, Payload payload) -> payload.bytes().length + OVERHEAD)
            // Its upkeep is cheaper than to wake another thread for it.
            .executor(Runnable::run)
            .build();

    private final Cache<Long, Long> erased =
            Caffeine.newBuilder().expireAfterWrite(ERASED_REMEMBERED).build();

    void put(Delivery delivery, byte[] payload) {
        payloads.put(delivery.event(), new Payload(delivery.call(), payload));
        if (erased.getIfPresent(delivery.call()) != null) {
            payloads.invalidate(delivery.event());
        }
    }

    byte @Nullable [] get(long event) {
        Payload payload = payloads.getIfPresent(event);
        return payload == null ? null : payload.bytes();
    }

    void forget(long call) {
        erased.put(call, call);
        payloads.asMap().values().removeIf(payload -> payload.call() == call);
    }

    private record Payload(long call, byte[] bytes) {}
}
