package dev.ringpost.sim.world;

import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.intake.Committed;
import dev.ringpost.store.memory.DeliveryKey;
import dev.ringpost.webhook.Webhook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How an engine hears of new deliveries. A node that is alone hears them from its own commits, in their order. Where
 * several nodes commit, what one of them says is a hint only: the truth is what stands in the store, read as a whole, so
 * that no event of a call is seen before one that was committed earlier.
 */
final class Arrivals {
    private final World world;
    private final Node node;
    private final EngineShell shell;
    private final Set<DeliveryKey> given = new HashSet<>();
    private final Set<DeliveryKey> leftDuringRead = new HashSet<>();
    private final List<Delivery> hintedMarkers = new ArrayList<>();
    private final Set<Integer> own = new HashSet<>();
    /** Endpoints of which the node has heard that they are gone, though a read may still find them. */
    private final Set<Long> deleted = new HashSet<>();

    private boolean reading;
    private boolean again;
    /** What the read under way finds is not to be used: more was given since. */
    private boolean outdated;

    Arrivals(World world, Node node, EngineShell shell) {
        this.world = world;
        this.node = node;
        this.shell = shell;
    }

    /** At the start of a node or of its ownership. */
    void takeUp(int partition) {
        own.add(partition);
        outdated = reading;
        for (LaneState lane : world.store().backlog().waitingLanes()) {
            if (isIn(partition, lane.endpoint())) {
                shell.restore(lane);
            }
        }
        read(fresh());
    }

    void leave(int partition) {
        own.remove(partition);
        given.removeIf(key -> isIn(partition, key.endpoint()));
    }

    boolean has(int partition) {
        return own.contains(partition);
    }

    private boolean isIn(int partition, long endpoint) {
        return world.store().partition(endpoint) == partition;
    }

    boolean isOwn(long endpoint) {
        return own.contains(world.store().partition(endpoint));
    }

    void committed(List<Committed> batch) {
        if (world.isAlone()) {
            for (Committed made : batch) {
                if (made.supersedesPartials()) {
                    shell.overtook(made.delivery());
                } else {
                    shell.arrived(made.delivery(), made.webhook());
                }
            }
        }
    }

    void hinted(List<Committed> batch) {
        for (Committed made : batch) {
            if (made.supersedesPartials()) {
                hintedMarkers.add(made.delivery());
            }
        }
        poll();
    }

    void poll() {
        if (reading) {
            again = true;
            return;
        }
        reading = true;
        leftDuringRead.clear();
        List<Delivery> markers = List.copyOf(hintedMarkers);
        hintedMarkers.clear();
        node.after(world.latency().read(), () -> {
            Map<Delivery, Optional<Webhook>> rows = fresh();
            node.after(world.latency().read(), () -> polled(rows, markers));
        });
    }

    private Map<Delivery, Optional<Webhook>> fresh() {
        Map<Delivery, Optional<Webhook>> rows = new LinkedHashMap<>();
        Map<Long, Optional<Webhook>> webhooks = new HashMap<>();
        for (Delivery delivery : world.store().backlog().fresh(0, 0, Integer.MAX_VALUE)) {
            if (isOwn(delivery.endpoint())) {
                rows.put(
                        delivery,
                        webhooks.computeIfAbsent(
                                delivery.endpoint(),
                                no -> world.store().backlog().webhook(no)));
            }
        }
        return rows;
    }

    /** @param markers what overtakes partials: of no use before those are known */
    private void polled(Map<Delivery, Optional<Webhook>> rows, List<Delivery> markers) {
        reading = false;
        if (outdated) {
            again = true;
            hintedMarkers.addAll(markers);
        } else {
            read(rows);
            markers.stream().filter(marker -> isOwn(marker.endpoint())).forEach(shell::overtook);
        }
        outdated = false;
        if (again) {
            again = false;
            poll();
        }
    }

    private void read(Map<Delivery, Optional<Webhook>> rows) {
        Set<DeliveryKey> seen = new HashSet<>();
        List<Delivery> orphans = new ArrayList<>();
        rows.forEach((delivery, webhook) -> {
            DeliveryKey key = DeliveryKey.of(delivery);
            seen.add(key);
            if (isOwn(delivery.endpoint()) && !leftDuringRead.contains(key) && given.add(key)) {
                webhook.filter(found -> !deleted.contains(found.no()))
                        .ifPresentOrElse(found -> shell.arrived(delivery, found), () -> orphans.add(delivery));
            }
        });
        // What stood there no more when it was read never comes back.
        given.retainAll(seen);
        if (!orphans.isEmpty()) {
            cancel(orphans.stream()
                    .<LaneWrite>map(orphan -> new LaneWrite.Finish(orphan, 0, DeliveryEnd.CANCELLED, null))
                    .toList());
        }
    }

    private void cancel(List<LaneWrite> orphans) {
        shell.change(
                tx -> {
                    tx.apply(orphans);
                    return orphans;
                },
                done -> {},
                () -> node.after(1000, () -> cancel(orphans)));
    }

    void deleted(long endpoint) {
        deleted.add(endpoint);
    }

    /** Somebody asked for it: it has moved to the queue. */
    void asked(Delivery delivery) {
        left(delivery);
    }

    /** A write of the engine is committed. */
    void left(LaneWrite write) {
        Delivery delivery = switch (write) {
            case LaneWrite.Finish finish -> finish.delivery();
            case LaneWrite.Retry retry -> retry.delivery();
            case LaneWrite.Spill spill -> spill.delivery();
            case LaneWrite.Save _ -> null;
        };
        if (delivery != null) {
            left(delivery);
        }
    }

    private void left(Delivery delivery) {
        given.remove(DeliveryKey.of(delivery));
        if (reading) {
            leftDuringRead.add(DeliveryKey.of(delivery));
        }
    }
}
