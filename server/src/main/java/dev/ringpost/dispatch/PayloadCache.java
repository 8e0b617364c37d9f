package dev.ringpost.dispatch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.fairness.FairShares;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The payloads in memory, bounded in bytes: those of events whose deliveries are to be attempted, one copy for all
 * deliveries of an event, and those on their way to receivers, of which an account may have as many bytes as are left
 * free. What was read of an erased call before its erasure is not taken any more.
 *
 * <p>A payload goes with the last attempt it was put for. Kept until others push it out it would have grown old by then,
 * and at a few thousand a second the collector would stop the process every 20 seconds for what nobody needs. Only what
 * is put for an attempt that is never made (of a lane that waits, of a partial transcript that was overtaken) stays until
 * then.
 */
final class PayloadCache {
    private static final long MAX_BYTES = 16L << 20;
    /** What an entry costs beside its bytes. */
    private static final int OVERHEAD = 100;

    /** An attempt needs its payload about twice. */
    private static final long BYTES_ON_THEIR_WAY = Runtime.getRuntime().maxMemory() / 8;

    /** No read of the store takes so long. */
    private static final Duration ERASED_REMEMBERED = Duration.ofMinutes(1);

    private final long maxBytes;
    /** By event, the oldest first. */
    private final Map<Long, Payload> payloads = new LinkedHashMap<>();

    private long bytes;

    private final Cache<Long, Long> erased =
            Caffeine.newBuilder().expireAfterWrite(ERASED_REMEMBERED).build();

    private final FairShares onTheirWay;
    private final long largest;

    PayloadCache() {
        this(MAX_BYTES, BYTES_ON_THEIR_WAY);
    }

    /**
     * @param maxBytes that wait, at most
     * @param bytesOnTheirWay to receivers, at most
     */
    PayloadCache(long maxBytes, long bytesOnTheirWay) {
        this.maxBytes = maxBytes;
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
        release(delivery.event());
    }

    /** One that is larger than all may be would never go. */
    private long counted(byte[] payload) {
        return Math.min(payload.length, largest);
    }

    /** For one attempt of this delivery. */
    synchronized void put(Delivery delivery, byte[] payload) {
        Payload known = payloads.get(delivery.event());
        if (known != null) {
            known.attempts++;
        } else if (erased.getIfPresent(delivery.call()) == null) {
            Payload added = new Payload(delivery.call(), payload);
            payloads.put(delivery.event(), added);
            bytes += added.weight();
            giveUpOldest();
        }
    }

    synchronized byte @Nullable [] get(long event) {
        Payload payload = payloads.get(event);
        return payload == null ? null : payload.bytes;
    }

    void forget(long call) {
        erased.put(call, call);
        removeAll(call);
    }

    private synchronized void removeAll(long call) {
        for (Iterator<Payload> each = payloads.values().iterator(); each.hasNext(); ) {
            Payload payload = each.next();
            if (payload.call == call) {
                each.remove();
                bytes -= payload.weight();
            }
        }
    }

    private synchronized void release(long event) {
        Payload payload = payloads.get(event);
        if (payload != null && --payload.attempts == 0) {
            payloads.remove(event);
            bytes -= payload.weight();
        }
    }

    /** Theirs are read from the store. */
    private void giveUpOldest() {
        for (Iterator<Payload> each = payloads.values().iterator(); bytes > maxBytes && each.hasNext(); ) {
            bytes -= each.next().weight();
            each.remove();
        }
    }

    private static final class Payload {
        private final long call;
        private final byte[] bytes;
        /** That it was put for and that are not over. */
        private int attempts = 1;

        Payload(long call, byte[] bytes) {
            this.call = call;
            this.bytes = bytes;
        }

        int weight() {
            return bytes.length + OVERHEAD;
        }
    }
}
