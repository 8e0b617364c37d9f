package dev.ringpost.dispatch;

import dev.ringpost.delivery.Backlogged;
import dev.ringpost.delivery.Effect;
import dev.ringpost.store.Backlog;
import dev.ringpost.store.Backlog.HeadRequest;
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
     */
    record Answer(Map<Backlogged, Optional<Webhook>> heads, Map<Long, byte[]> payloads) {}

    StoreReads(Backlog backlog, Executor blocking) {
        this.backlog = backlog;
        this.blocking = blocking;
    }

    CompletableFuture<Answer> read(List<Effect.Load> lanes, List<Effect.Send> sends) {
        return CompletableFuture.supplyAsync(() -> new Answer(heads(lanes), payloads(sends)), blocking);
    }

    private Map<Backlogged, Optional<Webhook>> heads(List<Effect.Load> lanes) {
        Map<Backlogged, Optional<Webhook>> heads = new LinkedHashMap<>();
        List<HeadRequest> asked = lanes.stream()
                .map(load -> new HeadRequest(load.endpoint(), load.untried(), load.tried(), load.strict()))
                .toList();
        for (Backlogged head : asked.isEmpty() ? List.<Backlogged>of() : backlog.heads(asked)) {
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
