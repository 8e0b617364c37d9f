package dev.ringpost.delivery;

import dev.ringpost.webhook.Webhook;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a lane wants done, and what that means for the delivery in memory. */
final class LaneOutput {
    private final Head head;
    private final Beyond beyond;
    private final Consumer<Effect> effects;

    LaneOutput(Head head, Beyond beyond, Consumer<Effect> effects) {
        this.head = head;
        this.beyond = beyond;
        this.effects = effects;
    }

    void send(Entry entry, Webhook webhook) {
        effects.accept(new Effect.Send(entry.delivery, entry.attempts + 1, entry.replay, webhook));
    }

    void end(Entry entry, DeliveryEnd end, @Nullable AttemptResult result) {
        entry.state = Entry.State.ENDED;
        head.releaseChain(entry);
        write(new LaneWrite.Finish(entry.delivery, entry.attempts, end, result));
    }

    /** Ends a delivery that is not in memory. */
    void cancel(Queued row) {
        beyond.writing();
        write(new LaneWrite.Finish(row.delivery(), row.attempts(), DeliveryEnd.CANCELLED, null));
    }

    void retry(Entry entry, long dueAt, long now, AttemptResult result) {
        entry.state = Entry.State.FAILED;
        beyond.sawTried(entry.delivery.call());
        Rank behind = entry.rank == Rank.REPLAYED ? Rank.REPLAYED : Rank.TRIED;
        Rank rank = entry.askedAgain ? Rank.ASKED : behind;
        write(new LaneWrite.Retry(entry.delivery, rank, entry.attempts, entry.step, dueAt, now, result));
    }

    void spill(Delivery delivery) {
        beyond.spilled(delivery.call());
        write(new LaneWrite.Spill(delivery));
    }

    /** A waiting delivery leaves memory. */
    void moveToStore(Entry entry) {
        beyond.movedBack();
        if (!entry.stored) {
            spill(entry.delivery);
        } else if (entry.rank == Rank.UNTRIED) {
            beyond.untriedAgain(entry.delivery.call());
        } else {
            leave(entry.delivery, entry.rank, entry.attempts, entry.runAt);
        }
    }

    /** It stands in the store's queue and is not in memory any more. */
    void leave(Delivery delivery, Rank rank, int attempts, long dueAt) {
        beyond.left(delivery.event(), attempts);
        beyond.dueAt(rank, dueAt);
    }

    void save(LaneState state) {
        write(new LaneWrite.Save(state));
    }

    void load(long endpoint, Limits limits, boolean strict) {
        effects.accept(new Effect.Load(endpoint, limits, strict));
    }

    void recall(long endpoint) {
        effects.accept(new Effect.Recall(endpoint));
    }

    void disable(Webhook webhook, String reason) {
        effects.accept(new Effect.Disable(webhook, reason));
    }

    void tell(Notice notice) {
        effects.accept(new Effect.Tell(notice));
    }

    LaneView view(LaneState state) {
        int fresh = beyond.spilling();
        int leaving = 0;
        Set<Long> inFlight = new HashSet<>();
        Set<Long> heldByOrder = new HashSet<>();
        for (Entry entry : head.all()) {
            boolean waits = entry.isWaiting() || entry.state == Entry.State.FAILED;
            fresh += waits && !entry.stored ? 1 : 0;
            leaving += !waits && entry.stored ? 1 : 0;
            if (!waits) {
                inFlight.add(entry.delivery.event());
            } else if (head.isHeldByOrder(entry)) {
                heldByOrder.add(entry.delivery.event());
            }
        }
        return new LaneView(state, fresh, inFlight, leaving, heldByOrder);
    }

    private void write(LaneWrite write) {
        effects.accept(new Effect.Write(write));
    }
}
