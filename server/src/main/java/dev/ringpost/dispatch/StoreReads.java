package dev.ringpost.dispatch;

import dev.ringpost.delivery.Backlogged;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.Health;
import dev.ringpost.fairness.TakingTurns;
import dev.ringpost.store.Backlog;
import dev.ringpost.webhook.Webhook;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads lanes and payloads for a shard, away from its event loop. A read is bounded, so that what is asked for next never
 * waits behind all lanes of a crowd, and payloads are taken by account in turn.
 */
final class StoreReads {
    /** Lanes a read; each costs about 0.1 ms. */
    private static final int LANES = 64;

    /** Payloads a read. */
    private static final int PAYLOADS = 64;

    /** A read takes no more payloads once it has so many bytes. */
    private static final long PAYLOAD_BYTES = 8L << 20;

    /** So many payloads are read at once; each has 4 MiB at most. */
    private static final int PAYLOADS_AT_ONCE = 4;

    private final Backlog backlog;
    private final Executor blocking;

    /** What is still to be read. Used by the shard's event loop. */
    static final class Waiting {
        private final Queue<Effect.Load> lanes = new ArrayDeque<>();
        private final Queue<Effect.Recall> pasts = new ArrayDeque<>();
        private final TakingTurns<Effect.Send> sends = new TakingTurns<>(1);

        void add(Effect.Load lane) {
            lanes.add(lane);
        }

        void add(Effect.Recall past) {
            pasts.add(past);
        }

        void add(Effect.Send send) {
            sends.add(send.delivery().account(), send, 1);
        }

        boolean isEmpty() {
            return lanes.isEmpty() && pasts.isEmpty() && sends.isEmpty();
        }

        /** Takes as much as one read may have. */
        Questions take() {
            return new Questions(some(lanes::poll, LANES), some(sends::poll, PAYLOADS), some(pasts::poll, LANES));
        }

        private static <T> List<T> some(Supplier<@Nullable T> source, int most) {
            List<T> taken = new ArrayList<>();
            while (taken.size() < most) {
                T next = source.get();
                if (next == null) {
                    break;
                }
                taken.add(next);
            }
            return taken;
        }
    }

    /** What one read asks for. */
    record Questions(List<Effect.Load> lanes, List<Effect.Send> sends, List<Effect.Recall> pasts) {}

    /**
     * @param heads by lane, in the order asked for, with its endpoint, empty where that was deleted
     * @param sends those whose payload was read, or is no longer stored
     * @param unread those whose payload found no room in this read
     * @param payloads by event; those that are no longer stored are missing
     * @param health by endpoint
     */
    record Answer(
            Map<Backlogged, Optional<Webhook>> heads,
            List<Effect.Send> sends,
            List<Effect.Send> unread,
            Map<Long, byte[]> payloads,
            Map<Long, Health> health) {}

    StoreReads(Backlog backlog, Executor blocking) {
        this.backlog = backlog;
        this.blocking = blocking;
    }

    CompletableFuture<Answer> read(Questions asked) {
        return CompletableFuture.supplyAsync(() -> answer(asked), blocking);
    }

    private Answer answer(Questions asked) {
        Map<Long, byte[]> payloads = new HashMap<>();
        int read = payloads(asked.sends(), payloads);
        List<Effect.Send> sends = asked.sends();
        return new Answer(
                heads(asked.lanes()),
                sends.subList(0, read),
                sends.subList(read, sends.size()),
                payloads,
                health(asked.pasts()));
    }

    private Map<Long, Health> health(List<Effect.Recall> pasts) {
        Map<Long, Health> health = new LinkedHashMap<>();
        pasts.forEach(past -> health.put(past.endpoint(), backlog.health(past.endpoint())));
        return health;
    }

    private Map<Backlogged, Optional<Webhook>> heads(List<Effect.Load> lanes) {
        Map<Backlogged, Optional<Webhook>> heads = new LinkedHashMap<>();
        for (Backlogged head : lanes.isEmpty() ? List.<Backlogged>of() : backlog.heads(lanes)) {
            heads.put(head, backlog.webhook(head.endpoint()));
        }
        return heads;
    }

    /** Returns for how many sends the payloads were read. */
    private int payloads(List<Effect.Send> sends, Map<Long, byte[]> payloads) {
        int read = 0;
        long bytes = 0;
        while (read < sends.size() && bytes < PAYLOAD_BYTES) {
            int to = Math.min(sends.size(), read + PAYLOADS_AT_ONCE);
            List<Long> events = sends.subList(read, to).stream()
                    .map(send -> send.delivery().event())
                    .filter(event -> !payloads.containsKey(event))
                    .distinct()
                    .toList();
            Map<Long, byte[]> some = events.isEmpty() ? Map.of() : backlog.payloads(events);
            payloads.putAll(some);
            bytes += some.values().stream().mapToLong(payload -> payload.length).sum();
            read = to;
        }
        return read;
    }
}
