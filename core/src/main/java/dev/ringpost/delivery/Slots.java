package dev.ringpost.delivery;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attempts that all endpoints together may have in flight, divided so that dead endpoints use up their own share only:
 * half for endpoints that work, a quarter for unproven ones, a quarter for failing ones. Lanes that have something to send
 * wait in turn, by account first, so that an account with many endpoints gets no more than one with few.
 */
final class Slots {
    /** Which part of the slots an endpoint draws on. */
    enum Share {
        PROVEN(0.5),
        UNPROVEN(0.25),
        FAILING(0.25);

        private final double part;

        Share(double part) {
            this.part = part;
        }
    }

    private final Map<Share, Line> lines = new EnumMap<>(Share.class);

    Slots(int total) {
        for (Share share : Share.values()) {
            lines.put(share, new Line(Math.max(1, (int) (total * share.part))));
        }
    }

    /** The lane has something to send now. It waits for its turn once, however often it asks. */
    void await(Lane lane) {
        if (!lane.queuedForSlot) {
            lane.queuedForSlot = true;
            line(lane.share()).add(lane);
        }
    }

    /** The lane whose turn it is, no longer waiting; null where none waits or its share has no free slot. */
    @Nullable
    Lane next(Share share) {
        Line line = line(share);
        if (line.free == 0) {
            return null;
        }
        Lane lane = line.poll();
        if (lane != null) {
            lane.queuedForSlot = false;
        }
        return lane;
    }

    void take(Share share) {
        line(share).free--;
    }

    void release(Share share) {
        line(share).free++;
    }

    private Line line(Share share) {
        Line line = lines.get(share);
        if (line == null) {
            throw new IllegalStateException("No slots for " + share);
        }
        return line;
    }

    /** Lanes in turn: the accounts in a ring, each with its lanes in a queue. */
    private static final class Line {
        private final LinkedHashMap<Long, ArrayDeque<Lane>> accounts = new LinkedHashMap<>();
        private int free;

        Line(int free) {
            this.free = free;
        }

        void add(Lane lane) {
            accounts.computeIfAbsent(lane.account(), account -> new ArrayDeque<>())
                    .add(lane);
        }

        @Nullable
        Lane poll() {
            Map.Entry<Long, ArrayDeque<Lane>> first = accounts.pollFirstEntry();
            if (first == null) {
                return null;
            }
            ArrayDeque<Lane> lanes = first.getValue();
            Lane lane = lanes.poll();
            if (!lanes.isEmpty()) {
                accounts.putLast(first.getKey(), lanes);
            }
            return lane;
        }
    }
}
