package dev.ringpost.delivery;

import dev.ringpost.webhook.Webhook;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a lane wants done, and what that means for the delivery in memory. */
final class LaneOutput {
    private final long endpoint;
    private final long account;
    private final Head head;
    private final Beyond beyond;
    private final LaneHealth health;
    private final Consumer<Effect> effects;

    LaneOutput(long endpoint, long account, Head head, Beyond beyond, LaneHealth health, Consumer<Effect> effects) {
        this.endpoint = endpoint;
        this.account = account;
        this.head = head;
        this.beyond = beyond;
        this.health = health;
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

    /** All that waits leaves memory. */
    void moveWaitingToStore() {
        head.waiting().forEach(this::moveToStore);
        head.dropWaiting();
    }

    /** It stands in the store's queue and is not in memory any more. */
    void leave(Delivery delivery, Rank rank, int attempts, long dueAt) {
        beyond.left(delivery.event(), attempts);
        beyond.dueAt(rank, dueAt);
    }

    void save() {
        if (!health.awaitsPast()) {
            write(new LaneWrite.Save(state(health.saved())));
        }
    }

    private LaneState state(Health known) {
        return new LaneState(endpoint, account, nextAt(), highCall(), known);
    }

    /**
     * No later than anything of the lane in the queue may run. What is in memory may come to the queue by a write that is
     * under way, so it counts as due at once: an early look is harmless, a late one would lose a delivery for a while.
     */
    private long nextAt() {
        return head.isEmpty() ? beyond.runnableAt() : 0;
    }

    /** What is in memory and in the queue counts too: after a restart it is in the store only. */
    private long highCall() {
        return Math.max(beyond.highCall(), head.highestCall());
    }

    void load(Limits limits, boolean strict) {
        effects.accept(new Effect.Load(endpoint, limits, strict));
    }

    void recall() {
        effects.accept(new Effect.Recall(endpoint));
    }

    void disable(Webhook webhook, String reason) {
        effects.accept(new Effect.Disable(webhook, reason));
    }

    void tell(Notice notice) {
        effects.accept(new Effect.Tell(notice));
    }

    /** How the lane is doing. */
    LaneView view() {
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
        return new LaneView(state(health.snapshot()), fresh, inFlight, leaving, heldByOrder);
    }

    private void write(LaneWrite write) {
        effects.accept(new Effect.Write(write));
    }
}
