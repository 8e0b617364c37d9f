package dev.ringpost.sim.invariant;

import dev.ringpost.delivery.Sweep;
import dev.ringpost.webhook.Webhook;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;

/** An engine from its start to its end, and what it was told. */
public final class Life {
    private final long id;
    private final int node;
    final Map<Long, Webhook> known = new HashMap<>();
    final Set<Long> deleted = new HashSet<>();
    final Map<Long, List<Sweep.Cancel>> cancelled = new HashMap<>();
    final Map<Overtaking, Long> overtaken = new HashMap<>();
    final Map<Long, Integer> inFlight = new HashMap<>();
    final Map<Long, Bucket> buckets = new HashMap<>();
    /** By endpoint: the most attempts at once that its webhook ever allowed. */
    final Map<Long, Integer> mostInFlight = new HashMap<>();

    private final Map<Long, Long> touchedAt = new HashMap<>();
    private final long begin;
    int allInFlight;
    /** Attempts under way to endpoints that never answered yet, or fail. */
    final Set<Fate> toSick = new HashSet<>();

    int unrecorded;
    /** Ends that it asked for and did not hear of yet. */
    int ending;
    /** Endpoints that it wanted disabled. */
    final Set<Long> disabled = new HashSet<>();
    /** Since when it has no attempt in flight. */
    long quietSince;

    boolean over;

    /** The engine takes the network for down. */
    BooleanSupplier cutOff = () -> false;

    final OutageRules outage = new OutageRules();

    /** A call's partials at an endpoint. */
    record Overtaking(long endpoint, long call) {}

    public Life(long id, int node, long now) {
        this.id = id;
        this.node = node;
        this.begin = now;
    }

    /** Something happened at an endpoint. */
    public void touched(long endpoint, long now) {
        touchedAt.put(endpoint, now);
    }

    /** When something last happened at the endpoint, as far as this engine knows. */
    long touchedAt(long endpoint) {
        return touchedAt.getOrDefault(endpoint, begin);
    }

    public int node() {
        return node;
    }

    /** It knows nothing any more, and hears nothing. */
    public void end() {
        over = true;
    }

    /** @param takesNetworkForDown asks the engine */
    public void looksAfter(BooleanSupplier takesNetworkForDown) {
        cutOff = takesNetworkForDown;
    }

    /** It has an endpoint no longer, and may get it back later. */
    void forgets(LongPredicate endpoints) {
        overtaken.keySet().removeIf(each -> endpoints.test(each.endpoint()));
    }

    /** What it was told last of an endpoint. */
    public Optional<Webhook> known(long endpoint) {
        return Optional.ofNullable(known.get(endpoint));
    }

    /** The newer of the two. */
    public Webhook learn(Webhook told) {
        mostInFlight.merge(told.no(), told.options().maxInFlight(), Math::max);
        Webhook before = known.get(told.no());
        if (before == null || told.updatedAt().isAfter(before.updatedAt())) {
            known.put(told.no(), told);
            return told;
        }
        return before;
    }

    @Override
    public String toString() {
        return "engine " + id + " of node " + node;
    }
}
