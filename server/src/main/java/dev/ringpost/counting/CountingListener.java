package dev.ringpost.counting;

import dev.ringpost.commit.CommitListener;
import dev.ringpost.commit.Written;
import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.Effect;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.dispatch.DeliveryListener;
import dev.ringpost.id.NumberSource;
import dev.ringpost.intake.Committed;
import dev.ringpost.stats.Tallies;
import dev.ringpost.store.Event;
import java.time.Instant;
import java.util.List;

/** Counts what calls fired and what became of it. What the operator is told is not counted. */
public final class CountingListener implements DeliveryListener, CommitListener {
    private final Tallies tallies;

    public CountingListener(Tallies tallies) {
        this.tallies = tallies;
    }

    /** What a batch made; that is committed. */
    public void routed(List<Committed> batch) {
        for (Committed made : batch) {
            Delivery delivery = made.delivery();
            if (!made.supersedesPartials() && isCounted(delivery)) {
                tallies.routed(delivery.account(), delivery.endpoint(), NumberSource.timeOf(delivery.event()));
            }
        }
    }

    @Override
    public void committed(int size, long nanos, List<Event> events, Written written) {
        for (Event event : events) {
            if (event.type().isOfCall()) {
                tallies.fired(event.account(), event.createdAt());
            }
        }
    }

    @Override
    public void failed(int size) {}

    @Override
    public void begins(Effect.Send send, Instant now) {}

    @Override
    public void attempted(Effect.Send send, AttemptResult result, Instant now) {
        Delivery delivery = send.delivery();
        if (!isCounted(delivery)) {
            return;
        }
        if (result.verdict() != Verdict.SUCCEEDED) {
            tallies.attemptFailed(delivery.account(), delivery.endpoint(), now);
        } else if (send.replay() != 0) {
            tallies.attemptSucceeded(delivery.account(), delivery.endpoint(), now);
        } else {
            long fired = NumberSource.timeOf(delivery.event()).toEpochMilli();
            tallies.attemptSucceeded(delivery.account(), delivery.endpoint(), now, now.toEpochMilli() - fired);
        }
    }

    @Override
    public void ended(LaneWrite.Finish end, Instant now) {
        Delivery delivery = end.delivery();
        if (!isCounted(delivery)) {
            return;
        }
        if (end.end() == DeliveryEnd.SUCCEEDED) {
            tallies.deliverySucceeded(delivery.account(), delivery.endpoint(), now);
        } else if (end.end() == DeliveryEnd.GAVE_UP) {
            tallies.deliveryFailed(delivery.account(), delivery.endpoint(), now);
        }
    }

    private static boolean isCounted(Delivery delivery) {
        return delivery.type().isOfCall();
    }
}
