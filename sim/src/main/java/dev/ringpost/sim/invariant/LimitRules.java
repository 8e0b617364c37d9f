package dev.ringpost.sim.invariant;

import dev.ringpost.delivery.EngineSettings;
import dev.ringpost.webhook.Webhook;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/** How much may be under way, and in memory. */
final class LimitRules {
    private final int slots;
    private final int mostUnrecorded;

    LimitRules(EngineSettings settings) {
        this.slots = settings.slots();
        this.mostUnrecorded = settings.maxUnrecorded();
    }

    void began(Life life, Webhook webhook, long now) {
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

    void ended(Life life, long endpoint, long now) {
        life.inFlight.merge(endpoint, -1, Integer::sum);
        life.allInFlight--;
        if (life.allInFlight == 0) {
            life.quietSince = now;
        }
    }

    /** @param waiting how many deliveries of an endpoint wait, as committed: no more of them are in memory */
    void memoryIsBounded(Life life, int inMemory, LongUnaryOperator waiting) {
        // What ended stays in memory until its engine hears of the commit.
        long bound = life.ending;
        for (Map.Entry<Long, Integer> endpoint : life.mostInFlight.entrySet()) {
            int mostInFlight = endpoint.getValue();
            int capacity = Math.max(64, 8 * mostInFlight);
            // What was asked for finds room beyond, and so does what fails just then.
            bound += Math.min(capacity + capacity / 4 + mostInFlight, waiting.applyAsLong(endpoint.getKey()));
        }
        if (inMemory > bound) {
            throw new Broken("memoryIsBounded", inMemory + " deliveries in memory of " + life + ", bound " + bound);
        }
    }
}
