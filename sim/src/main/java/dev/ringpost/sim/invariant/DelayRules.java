package dev.ringpost.sim.invariant;

import dev.ringpost.delivery.Queued;
import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.Webhook;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * How long a delivery waits at an endpoint that has done nothing wrong: its receiver always answers well, its account has
 * few calls, and all that others do, sick endpoints and floods of calls, may not hold it up.
 */
public final class DelayRules {
    private final long boundMillis;
    private final LongSupplier troubleAt;
    private final Set<Long> witnesses = new HashSet<>();

    /**
     * @param boundMillis from the moment when it may go
     * @param troubleAt when the store or a node last was in trouble, which holds up everybody
     */
    public DelayRules(long boundMillis, LongSupplier troubleAt) {
        this.boundMillis = boundMillis;
        this.troubleAt = troubleAt;
    }

    public void watch(long endpoint) {
        witnesses.add(endpoint);
    }

    /** Nothing is under way, so that it needs no slot of others; no breaker and no limit holds it back: it goes when it is due. */
    void whatIsDueGoesAtOnce(
            Life life, Fate fate, List<Fate> before, Webhook webhook, boolean breakerIsOpen, long now) {
        long endpoint = fate.delivery.endpoint();
        // What was erased while it waited has no time any more, and no payload.
        boolean mayWait = breakerIsOpen || fate.outOfOrder || !fate.waits() || life.allInFlight > 0;
        Queued row = fate.row;
        long since = Math.max(
                Math.max(row == null ? 0 : row.dueAt(), fate.toldAt),
                Math.max(life.touchedAt(endpoint), Math.max(life.quietSince, expiredUntil(before, webhook))));
        // One a second is the slowest that a rate limit allows.
        long bound = boundMillis + (webhook.options().rateLimit() == null ? 0 : 1_000);
        if (!mayWait && now - since > bound && troubleAt.getAsLong() < since - bound) {
            throw new Broken("whatIsDueGoesAtOnce", fate + " goes " + (now - since) + " ms late");
        }
    }

    /**
     * Nobody is told of what expires. So with strict order, what stood behind a failed delivery that expired goes when its
     * lane looks again, which is when that one would have been due.
     */
    private static long expiredUntil(List<Fate> before, Webhook webhook) {
        if (webhook.options().ordering() != Ordering.STRICT_CALL) {
            return 0;
        }
        return before.stream()
                .filter(earlier -> earlier.finished > 0 && earlier.wasDropped())
                .mapToLong(earlier -> earlier.lastDueAt)
                .max()
                .orElse(0);
    }

    void aHealthyEndpointIsNotDelayedByOthers(Fate fate, List<Fate> before, long now) {
        if (!witnesses.contains(fate.delivery.endpoint()) || fate.outOfOrder || fate.attempts() > 0) {
            return;
        }
        long since = fate.toldAt;
        for (Fate earlier : before) {
            since = Math.max(since, earlier.finishedAt);
        }
        if (now - since > boundMillis && troubleAt.getAsLong() < since - boundMillis) {
            throw new Broken("aHealthyEndpointIsNotDelayedByOthers", fate + " waited " + (now - since) + " ms");
        }
    }
}
