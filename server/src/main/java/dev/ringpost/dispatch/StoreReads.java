package dev.ringpost.dispatch;

import dev.ringpost.delivery.Backlogged;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.Health;
import dev.ringpost.store.Backlog;
import dev.ringpost.webhook.Webhook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Reads lanes and payloads for a shard, away from its event loop. */
final class StoreReads {
    private final Backlog backlog;
    private final Executor blocking;

    /**
     * @param heads by lane, in the order asked for, with its endpoint, empty where that was deleted
     * @param payloads by event; those that are no longer stored are missing
     * @param health by endpoint
     */
    record Answer(Map<Backlogged, Optional<Webhook>> heads, Map<Long, byte[]> payloads, Map<Long, Health> health) {}

    StoreReads(Backlog backlog, Executor blocking) {
        this.backlog = backlog;
        this.blocking = blocking;
    }

    CompletableFuture<Answer> read(List<Effect.Load> lanes, List<Effect.Send> sends, List<Effect.Recall> pasts) {
        return CompletableFuture.supplyAsync(() -> new Answer(heads(lanes), payloads(sends), health(pasts)), blocking);
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

    private Map<Long, byte[]> payloads(List<Effect.Send> sends) {
        List<Long> events =
                sends.stream().map(send -> send.delivery().event()).distinct().toList();
        return events.isEmpty() ? Map.of() : backlog.payloads(events);
    }
}
