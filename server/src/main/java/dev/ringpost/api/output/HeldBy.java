package dev.ringpost.api.output;

import dev.ringpost.delivery.LaneView;
import dev.ringpost.delivery.Rank;
import dev.ringpost.store.WaitingDelivery;
import dev.ringpost.store.WaitingDelivery.Behind;
import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.Webhook;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Why a delivery has not gone yet: the first of these that is so. */
public enum HeldBy {
    /** Its webhook is paused. */
    INACTIVE,
    /** It is not due. */
    SCHEDULE,
    /** An earlier event of its call goes first. */
    ORDER,
    /** The endpoint has failed too often: one at a time is let through. */
    BREAKER,
    /** It waits for its turn: the webhook's limits, or those of the server. */
    RATE;

    /** @param lane of the webhook; empty where it is not in memory */
    public static HeldBy of(WaitingDelivery waiting, Webhook webhook, Optional<LaneView> lane, Instant now) {
        if (!webhook.isActive()) {
            return INACTIVE;
        }
        if (waiting.dueAt().isAfter(now)) {
            return SCHEDULE;
        }
        if (waiting.rank() == Rank.ASKED) {
            return RATE;
        }
        long event = waiting.delivery().event();
        Ordering ordering = webhook.options().ordering();
        boolean inMemory = lane.map(view -> view.heldByOrder().contains(event)).orElse(false);
        boolean inStore = waiting.rank() == Rank.UNTRIED
                && ordering != Ordering.NONE
                && (waiting.behind() == Behind.UNTRIED
                        || (waiting.behind() == Behind.TRIED && ordering == Ordering.STRICT_CALL));
        if (inMemory || inStore) {
            return ORDER;
        }
        boolean open = lane.map(view -> view.state().health().probeAt() != 0).orElse(false);
        return open ? BREAKER : RATE;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
