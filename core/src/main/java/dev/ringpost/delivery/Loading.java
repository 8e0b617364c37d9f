package dev.ringpost.delivery;

import dev.ringpost.call.EventType;
import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.Webhook;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a lane takes from the store into memory, and when. */
final class Loading {
    /** Deliveries in the store are loaded this long before they are due. */
    private static final long AHEAD = 5_000;

    /** What is tried and due within this time may stay in memory. */
    static final long SOON = 60_000;

    private static final int CANCEL_SLICE = 250;

    private final Head head;
    private final Beyond beyond;
    private final Breaker breaker;
    private final Outage outage;
    private final LaneOutput output;

    Loading(LaneParts parts) {
        this.head = parts.head();
        this.beyond = parts.beyond();
        this.breaker = parts.breaker();
        this.outage = parts.outage();
        this.output = parts.output();
    }

    /** A replay's may take up this part of it, so that live ones always find room. */
    private static int replayCapacity(Webhook webhook) {
        return Room.of(webhook) / 4;
    }

    Limits toCancel() {
        return beyond.isEmpty() ? Limits.NONE : Limits.ofEach(CANCEL_SLICE);
    }

    /** @param webhook null: not known yet, and a load brings it */
    Limits wanted(@Nullable Webhook webhook, boolean inFlight, long now) {
        if (webhook == null) {
            return Limits.ofEach(1);
        }
        if (!webhook.isActive()) {
            return Limits.NONE;
        }
        int room = Room.of(webhook) - head.size();
        int asked = beyond.hasAsked() && !head.hasAsked() ? replayCapacity(webhook) : 0;
        if (breaker.isOpen() || outage.isOn()) {
            // Memory that is full without anything runnable is full of what ended: its commit makes room.
            boolean probes = room > 0 && now >= breaker.probeAt() && !inFlight && !head.hasRunnable(now);
            int probe = probes && (beyond.hasLiveRunnable(now) || beyond.hasReplayRunnable(now)) ? 1 : 0;
            return new Limits(probe, probe, probe, asked);
        }
        // The rest is for new ones: one that finds no room stands behind all that waits, and the next of its call with
        // it.
        int liveRoom = room - Room.of(webhook) / 4;
        int live = room > Room.of(webhook) / 2 && beyond.hasLiveRunnable(now + AHEAD) ? liveRoom : 0;
        // More than finds room in memory would be left there and asked for again at once, for as long as it is full.
        int replayRoom = Math.min(replayCapacity(webhook) - head.replayed(), room);
        boolean takesReplays = replayRoom > replayCapacity(webhook) / 2 && beyond.hasReplayRunnable(now + AHEAD);
        return new Limits(live, live, takesReplays ? replayRoom : 0, asked);
    }

    /** When a load becomes due, in milliseconds since 1970; {@link Long#MAX_VALUE}: never. */
    long nextAt() {
        return beyond.isEmpty() ? Long.MAX_VALUE : beyond.runnableAt() - AHEAD;
    }

    /** Takes what may run and finds room; returns those that overtake older partials of their call. */
    List<Delivery> take(Backlogged rows, Webhook webhook, long now) {
        // A load asked for before it was known that the order is strict has rows that must wait.
        boolean strict = webhook.options().ordering() == Ordering.STRICT_CALL;
        boolean outdated = beyond.isOutdated() || (strict && !beyond.isLoadingStrict());
        List<Delivery> overtaking = new ArrayList<>();
        boolean someNotTaken;
        if (outdated || !webhook.isActive()) {
            leave(rows.asked());
            someNotTaken = leaveAllButAsked(rows);
        } else if (breaker.isOpen() && now < breaker.probeAt()) {
            takeDue(rows.asked(), webhook, now);
            someNotTaken = leaveAllButAsked(rows);
        } else {
            takeDue(rows.asked(), webhook, now);
            takeDue(rows.tried(), webhook, now);
            takeDue(rows.replayed(), webhook, now);
            someNotTaken = !takeUntried(rows.untried(), webhook, overtaking, now);
        }
        beyond.answered(rows, someNotTaken, strict && !head.isEmpty());
        return overtaking;
    }

    /** The endpoint is gone: all ends. */
    void cancel(Backlogged rows) {
        for (Backlogged.Part part : rows.parts()) {
            for (Queued row : part.rows()) {
                if (isNew(row)) {
                    output.cancel(row);
                }
            }
        }
        // A strict load left out rows that must be cancelled as well.
        boolean leftOut = beyond.isLoadingStrict();
        beyond.answered(rows, leftOut, false);
        if (leftOut) {
            beyond.dueAt(Rank.REPLAYED, 0);
        }
    }

    private boolean leaveAllButAsked(Backlogged rows) {
        leave(rows.tried());
        leave(rows.replayed());
        return !rows.untried().rows().isEmpty();
    }

    private void leave(Backlogged.Part part) {
        part.rows().stream().findFirst().ifPresent(row -> beyond.dueAt(row.rank(), row.dueAt()));
    }

    private void takeDue(Backlogged.Part part, Webhook webhook, long now) {
        for (Queued row : part.rows()) {
            if (isNew(row)) {
                boolean room = head.size() < Room.of(webhook)
                        && (row.rank() != Rank.REPLAYED || head.replayed() < replayCapacity(webhook));
                if (row.rank() == Rank.ASKED || (room && row.dueAt() <= now + SOON)) {
                    head.add(Entry.of(row, now), webhook.options().ordering());
                } else {
                    beyond.dueAt(row.rank(), row.dueAt());
                }
            } else {
                hasten(row);
            }
        }
    }

    /** A repair may have made it due after it was read for the first time. */
    private void hasten(Queued row) {
        Entry entry = head.get(row.delivery().event());
        if (entry != null && entry.isWaiting() && entry.attempts == row.attempts() && row.dueAt() < entry.runAt) {
            head.hasten(entry, row.dueAt());
        }
    }

    /** False where some found no room. */
    private boolean takeUntried(Backlogged.Part part, Webhook webhook, List<Delivery> overtaking, long now) {
        for (Queued row : part.rows()) {
            if (isNew(row)) {
                if (head.size() >= Room.of(webhook)) {
                    return false;
                }
                head.add(Entry.of(row, now), webhook.options().ordering());
                EventType type = row.delivery().type();
                if (type == EventType.TRANSCRIPT_PARTIAL || type.endsCall()) {
                    overtaking.add(row.delivery());
                }
            }
        }
        return true;
    }

    private boolean isNew(Queued row) {
        return !head.contains(row.delivery().event()) && !beyond.isStale(row);
    }
}
