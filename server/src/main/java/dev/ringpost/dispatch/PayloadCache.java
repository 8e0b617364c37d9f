package dev.ringpost.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.fairness.FairShares;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The payloads in memory, bounded in bytes: those of recent events, one copy for all deliveries of an event, and those on
 * their way to receivers, of which an account may have as many bytes as are left free. What was read of an erased call
 * before its erasure is not taken any more.
 */
final class PayloadCache {
    private static final long MAX_BYTES = 16L << 20;
    /** What an entry costs beside its bytes. */
    private static final int OVERHEAD = 100;

    /** An attempt needs its payload about twice. */
    private static final long BYTES_ON_THEIR_WAY = Runtime.getRuntime().maxMemory() / 8;

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

    private final FairShares onTheirWay;
    private final long largest;

    PayloadCache() {
        this(BYTES_ON_THEIR_WAY);
    }

    /** @param bytesOnTheirWay to receivers, at most */
    PayloadCache(long bytesOnTheirWay) {
        this.onTheirWay = new FairShares(bytesOnTheirWay);
        this.largest = bytesOnTheirWay / 4;
    }

    /** The payload may be sent; false where too much of its account is on its way. It owes a {@link #arrived}. */
    boolean mayGo(Delivery delivery, byte[] payload) {
        return onTheirWay.tryTake(delivery.account(), counted(payload));
    }

    /** The attempt with this payload is over. */
    void arrived(Delivery delivery, byte[] payload) {
        onTheirWay.giveBack(delivery.account(), counted(payload));
    }

    /** One that is larger than all may be would never go. */
    private long counted(byte[] payload) {
        return Math.min(payload.length, largest);
    }

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
