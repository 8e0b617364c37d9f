package dev.ringpost.sim.invariant;

import dev.ringpost.webhook.Webhook;

/** How much may be under way, and in memory. */
final class LimitRules {
    private final int slots;

    LimitRules(int slots) {
        this.slots = slots;
    }

    void began(Life life, Webhook webhook, long now) {
        int toEndpoint = life.inFlight.merge(webhook.no(), 1, Integer::sum);
        if (toEndpoint > webhook.options().maxInFlight()) {
            throw new Broken("maxInFlightHolds", toEndpoint + " attempts at once go to " + webhook);
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

    void ended(Life life, long endpoint) {
        life.inFlight.merge(endpoint, -1, Integer::sum);
        life.allInFlight--;
    }

    void memoryIsBounded(Life life, int inMemory) {
        long bound = 0;
        for (int mostInFlight : life.mostInFlight.values()) {
            int capacity = Math.max(64, 8 * mostInFlight);
            // What was asked for finds room beyond, and so does what fails just then.
            bound += capacity + capacity / 4 + mostInFlight;
        }
        if (inMemory > bound) {
            throw new Broken("memoryIsBounded", inMemory + " deliveries in memory of " + life + ", bound " + bound);
        }
    }
}
