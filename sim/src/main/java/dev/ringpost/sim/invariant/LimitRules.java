package dev.ringpost.sim.invariant;

import dev.ringpost.delivery.EngineSettings;
import dev.ringpost.delivery.Health;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.webhook.Webhook;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How much may be under way, and in memory. */
final class LimitRules {
    private static final int LEAST_CAPACITY = 64;
    private static final int FAILURES_OF_THE_SICK = 3;
    private static final double SICK_PART = 0.15;

    private final int slots;
    private final int mostUnrecorded;
    private final int bursts;
    private final Map<Long, Integer> waiting = new HashMap<>();
    /** By endpoint: what ended otherwise than by the engine's own writes, which may have it in memory for a while. */
    private final Map<Long, Set<Fate>> dropped = new HashMap<>();

    LimitRules(EngineSettings settings) {
        this.slots = settings.slots();
        this.mostUnrecorded = settings.maxUnrecorded();
        this.bursts = settings.bursts();
    }

    /** @param known of the endpoint, as its lane has it */
    void began(Life life, Fate fate, Webhook webhook, Health known, long now) {
        sickEndpointsHaveTheirOwnSlots(life, fate, known);
        int toEndpoint = life.inFlight.merge(webhook.no(), 1, Integer::sum);
        if (toEndpoint > webhook.options().maxInFlight()) {
            throw new Broken("maxInFlightHolds", toEndpoint + " attempts at once go to " + webhook);
        }
        if (life.unrecorded >= mostUnrecorded) {
            throw new Broken(
                    "unrecordedResultsAreBounded", life.unrecorded + " are not recorded, of " + mostUnrecorded);
        }
        life.allInFlight++;
        if (life.allInFlight > Math.max(slots, 3)) {
            throw new Broken("theGlobalCapHolds", life.allInFlight + " attempts at once, of " + slots);
        }
        rateLimitHolds(life, webhook, now);
    }

    /** So that they leave the others': what has never answered, and what fails, gets a part of all slots each. */
    private void sickEndpointsHaveTheirOwnSlots(Life life, Fate fate, Health known) {
        if (known.lastSuccessAt() > 0 && known.failures() < FAILURES_OF_THE_SICK) {
            return;
        }
        life.toSick.add(fate);
        int most = 2 * Math.max(1, (int) (slots * SICK_PART));
        if (life.toSick.size() > most) {
            throw new Broken("sickEndpointsHaveTheirOwnSlots", life.toSick + " at once, of " + most);
        }
    }

    private void rateLimitHolds(Life life, Webhook webhook, long now) {
        Integer rate = webhook.options().rateLimit();
        if (rate == null) {
            life.buckets.remove(webhook.no());
            return;
        }
        Bucket bucket = life.buckets.get(webhook.no());
        if (bucket == null || bucket.perSecond() != rate) {
            bucket = new Bucket(rate, now);
            life.buckets.put(webhook.no(), bucket);
        }
        if (!bucket.take(now)) {
            throw new Broken("rateLimitHolds", "more than " + rate + " a second go to " + webhook.url());
        }
    }

    void ended(Life life, Fate fate, long now) {
        life.toSick.remove(fate);
        life.inFlight.merge(fate.delivery.endpoint(), -1, Integer::sum);
        life.allInFlight--;
        if (life.allInFlight == 0) {
            life.quietSince = now;
        }
    }

    /** @param more deliveries that wait at the endpoint from now on; fewer where it is negative */
    void waits(long endpoint, int more) {
        waiting.merge(endpoint, more, Integer::sum);
    }

    /** All that waits there would find room in memory. */
    boolean isFarFromFull(long endpoint) {
        return waiting.getOrDefault(endpoint, 0) < LEAST_CAPACITY;
    }

    /** The store ended it, and its engine hears nothing of that. */
    void drops(Fate fate) {
        dropped.computeIfAbsent(fate.delivery.endpoint(), no -> new HashSet<>()).add(fate);
    }

    /** The engine ends it too. */
    void endsToo(Fate fate) {
        Set<Fate> there = dropped.get(fate.delivery.endpoint());
        if (there != null) {
            there.remove(fate);
        }
    }

    /** The engine has nothing in memory that the sweep covers. */
    void swept(long endpoint, Sweep.Cancel sweep) {
        Set<Fate> there = dropped.get(endpoint);
        if (there != null) {
            there.removeIf(fate -> sweep.covers(fate.delivery, 0));
        }
    }

    /** An engine starts, with nothing in memory. */
    void starts() {
        dropped.clear();
    }

    /** @param alone no other engine ends what this one has in memory: no more can be there than waits, or did until it was dropped */
    void memoryIsBounded(Life life, int inMemory, boolean alone) {
        // What ended stays in memory until its engine hears of the commit.
        long bound = (long) life.ending + bursts;
        for (Map.Entry<Long, Integer> endpoint : life.mostInFlight.entrySet()) {
            int mostInFlight = endpoint.getValue();
            int capacity = Math.max(LEAST_CAPACITY, 8 * mostInFlight);
            // What was asked for finds room beyond, and so does what fails just then.
            int most = capacity + capacity / 4 + mostInFlight;
            int there = waiting.getOrDefault(endpoint.getKey(), 0)
                    + dropped.getOrDefault(endpoint.getKey(), Set.of()).size();
            bound += alone ? Math.min(most, there) : most;
        }
        if (inMemory > bound) {
            throw new Broken("memoryIsBounded", inMemory + " deliveries in memory of " + life + ", bound " + bound);
        }
    }
}
