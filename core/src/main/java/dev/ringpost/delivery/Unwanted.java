package dev.ringpost.delivery;

import dev.ringpost.call.EventType;
import dev.ringpost.id.NumberSource;
import dev.ringpost.webhook.Webhook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which deliveries are not worth an attempt any more. */
final class Unwanted {
    /** Calls that one lane remembers: more than fire in a minute at any endpoint that keeps up. */
    private static final int MOST_OVERTAKEN = 10_000;

    private final List<Sweep.Cancel> sweeps = new ArrayList<>();
    /** By call: the newest event that makes partials before it worth nothing; in the order of their coming. */
    private final LinkedHashMap<Long, Long> overtaken = new LinkedHashMap<>();

    void add(Sweep.Cancel sweep) {
        if (!sweeps.contains(sweep)) {
            sweeps.add(sweep);
        }
    }

    void remove(Sweep.Cancel sweep) {
        sweeps.remove(sweep);
    }

    /** Partials of the call before this event may wait in the store. */
    void overtaken(long call, long event) {
        overtaken.merge(call, event, Math::max);
        overtaken.putLast(call, Objects.requireNonNull(overtaken.get(call)));
        long outlived =
                NumberSource.timeOf(event).minus(RetryPolicy.PARTIAL_LIFE).toEpochMilli();
        for (var oldest = overtaken.firstEntry(); oldest != null; oldest = overtaken.firstEntry()) {
            boolean isOld = NumberSource.timeOf(oldest.getValue()).toEpochMilli() < outlived;
            if (!isOld && overtaken.size() <= MOST_OVERTAKEN) {
                return;
            }
            overtaken.pollFirstEntry();
        }
    }

    private boolean isOvertaken(Delivery delivery) {
        return delivery.type() == EventType.TRANSCRIPT_PARTIAL
                && overtaken.getOrDefault(delivery.call(), 0L) > delivery.event();
    }

    boolean isEmpty() {
        return sweeps.isEmpty();
    }

    /** How the delivery ends instead of being tried; null where it is tried. */
    @Nullable
    DeliveryEnd endOf(Entry entry, Webhook webhook, long now) {
        Delivery delivery = entry.delivery;
        if (!webhook.events().contains(delivery.type())
                || sweeps.stream().anyMatch(sweep -> sweep.covers(delivery, entry.replay))) {
            return DeliveryEnd.CANCELLED;
        }
        return entry.overtaken || isOvertaken(delivery) || isStale(entry, now) ? DeliveryEnd.SUPERSEDED : null;
    }

    /** A partial that is too old to be worth an attempt at this time. */
    static boolean isStale(Entry entry, long at) {
        return entry.delivery.type() == EventType.TRANSCRIPT_PARTIAL
                && at - entry.bornAt > RetryPolicy.PARTIAL_LIFE.toMillis();
    }
}
