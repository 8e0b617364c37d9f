package dev.ringpost.store.memory;

import dev.ringpost.delivery.Backlogged;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.Health;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.id.NumberSource;
import dev.ringpost.store.Backlog;
import dev.ringpost.store.BacklogSize;
import dev.ringpost.store.CallTimer;
import dev.ringpost.store.Event;
import dev.ringpost.store.Replay;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What waits. */
final class MemoryBacklog implements Backlog {
    private final MemoryStore store;

    MemoryBacklog(MemoryStore store) {
        this.store = store;
    }

    @Override
    public List<LaneState> waitingLanes() {
        List<LaneState> waiting = new ArrayList<>();
        for (LaneRow lane : store.deliveries.lanes.all()) {
            LaneState state = lane.state();
            if (lane.waiting() > 0 && state.nextAt() == Long.MAX_VALUE) {
                // Saved as idle just before something joined its queue: it still has to look.
                waiting.add(lane.wakes(0).state());
            } else if (state.nextAt() != Long.MAX_VALUE || state.health().probeAt() != 0) {
                waiting.add(state);
            }
        }
        waiting.sort(Comparator.comparingLong(LaneState::nextAt));
        return waiting;
    }

    @Override
    public List<Delivery> fresh(long afterEvent, long afterEndpoint, int limit) {
        return store
                .deliveries
                .fresh
                .sorted()
                .tailMap(new DeliveryKey(afterEvent, afterEndpoint), false)
                .values()
                .stream()
                .limit(limit)
                .toList();
    }

    @Override
    public BacklogSize size() {
        long queued = store.deliveries.queues().values().stream()
                .mapToLong(queue -> queue.rows().size())
                .sum();
        OptionalLong oldest = store.deliveries.queues().values().stream()
                .filter(queue -> !queue.isEmpty())
                .mapToLong(queue -> queue.rows().firstKey())
                .min();
        var fresh = store.deliveries.fresh;
        return new BacklogSize(
                new BacklogSize.Part(
                        fresh.size(),
                        fresh.isEmpty()
                                ? null
                                : timeOf(fresh.sorted().firstKey().event())),
                new BacklogSize.Part(queued, oldest.isEmpty() ? null : timeOf(oldest.getAsLong())));
    }

    private static @Nullable Instant timeOf(long event) {
        return NumberSource.timeOf(event);
    }

    @Override
    public List<Backlogged> heads(List<Effect.Load> lanes) {
        return lanes.stream()
                .map(lane -> store.deliveries.queue(lane.endpoint()).head(lane))
                .toList();
    }

    @Override
    public Map<Long, byte[]> payloads(Collection<Long> events) {
        Map<Long, byte[]> payloads = new HashMap<>();
        for (long no : events) {
            Event event = store.calls.events.get(no);
            if (event != null && store.calls.keys.contains(event.call())) {
                payloads.put(no, event.payload());
            }
        }
        return payloads;
    }

    @Override
    public Health health(long endpoint) {
        return store.deliveries.lane(endpoint, 0).state().health();
    }

    @Override
    public List<Sweep> sweeps() {
        return store.sweeps.all();
    }

    @Override
    public List<Long> endpointsOf(long call) {
        TreeSet<Long> endpoints = new TreeSet<>();
        store.deliveries.queues().forEach((endpoint, queue) -> {
            if (queue.holds(call)) {
                endpoints.add(endpoint);
            }
        });
        for (long event : store.calls.eventsOf(call)) {
            store.deliveries.waitingOf(event).forEach(key -> endpoints.add(key.endpoint()));
        }
        return List.copyOf(endpoints);
    }

    @Override
    public List<Replay> runningReplays() {
        return store.replays.running();
    }

    @Override
    public List<Webhook> callWebhooks(long afterNo, int limit) {
        return store.endpoints.live.sorted().tailMap(afterNo, false).values().stream()
                .filter(webhook -> webhook.kind() == WebhookKind.CALL)
                .limit(limit)
                .flatMap(webhook -> store.endpoints.find(webhook.no()).stream())
                .toList();
    }

    @Override
    public Optional<Webhook> webhook(long no) {
        return store.endpoints.find(no);
    }

    @Override
    public List<CallTimer> dueTimers(CallTimer.Kind kind, Instant now, int limit) {
        List<CallTimer> due = new ArrayList<>();
        for (CallTimer timer : store.calls.timers(kind)) {
            Instant at = timer.due();
            if (due.size() == limit || at == null || at.isAfter(now)) {
                break;
            }
            due.add(timer);
        }
        return due;
    }
}
