package dev.ringpost.delivery;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attempts that all endpoints together may have in flight, divided so that dead and slow endpoints use up their own
 * share only. Lanes that have something to send wait in turn, by account first, so that an account with many endpoints
 * gets no more than one with few.
 *
 * <p>Turns alone are not enough, since an attempt may hold its slot for 30 seconds: who comes first would hold all slots of
 * a share for as long. So an account may hold 4 times what is left free of a share, and an endpoint twice that: alone
 * they get four fifths and two thirds of it, and however many want slots, some are left for who comes next (Choudhury
 * and Hahne's dynamic threshold, as switches divide their buffers).
 */
final class Slots {
    private static final int ACCOUNT_TIMES_FREE = 4;
    private static final int LANE_TIMES_FREE = 2;

    /** Which part of the slots an endpoint draws on. */
    enum Share {
        /** It has answered, and soon. */
        PROVEN(0.5),
        /** It answers, but takes long: a slot serves many answers of a quick one in that time. */
        SLOW(0.2),
        /** It has never answered. */
        UNPROVEN(0.15),
        /** It fails. */
        FAILING(0.15);

        private final double part;

        Share(double part) {
            this.part = part;
        }
    }

    private final Map<Share, Line> lines = new EnumMap<>(Share.class);

    /** @param total from 4, else each share has one */
    Slots(int total) {
        for (Share share : Share.values()) {
            lines.put(share, new Line(Math.max(1, (int) (total * share.part))));
        }
    }

    /**
     * The lane has something to send now. It waits for its turn once, however often it asks; where it has come to draw on
     * another share meanwhile, it waits there.
     */
    void await(Lane lane, Share share) {
        Share before = lane.waitsFor;
        if (before == share) {
            return;
        }
        if (before != null) {
            line(before).remove(lane);
        }
        lane.waitsFor = share;
        line(share).add(lane);
    }

    /** The lane whose turn it is, no longer waiting; null where none waits that may have a slot of the share. */
    @Nullable
    Lane next(Share share) {
        Lane lane = line(share).poll();
        if (lane != null) {
            lane.waitsFor = null;
        }
        return lane;
    }

    void take(Share share, long account) {
        line(share).take(account);
    }

    void release(Share share, long account) {
        line(share).release(account);
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
        private final LinkedHashMap<Long, LinkedHashSet<Lane>> waiting = new LinkedHashMap<>();
        private final Map<Long, Integer> held = new HashMap<>();
        private int free;

        Line(int free) {
            this.free = free;
        }

        void add(Lane lane) {
            waiting.computeIfAbsent(lane.account(), account -> new LinkedHashSet<>())
                    .add(lane);
        }

        void remove(Lane lane) {
            LinkedHashSet<Lane> lanes = waiting.get(lane.account());
            if (lanes != null && lanes.remove(lane) && lanes.isEmpty()) {
                waiting.remove(lane.account());
            }
        }

        /** Looks past those that hold too much already: of these there are few, or they would not all hold so much. */
        @Nullable
        Lane poll() {
            if (free == 0) {
                return null;
            }
            Iterator<Map.Entry<Long, LinkedHashSet<Lane>>> accounts =
                    waiting.entrySet().iterator();
            while (accounts.hasNext()) {
                Map.Entry<Long, LinkedHashSet<Lane>> next = accounts.next();
                long account = next.getKey();
                LinkedHashSet<Lane> lanes = next.getValue();
                Lane lane = held.getOrDefault(account, 0) < ACCOUNT_TIMES_FREE * free ? poll(lanes) : null;
                if (lane != null) {
                    accounts.remove();
                    if (!lanes.isEmpty()) {
                        waiting.put(account, lanes);
                    }
                    return lane;
                }
            }
            return null;
        }

        @Nullable
        private Lane poll(Set<Lane> lanes) {
            Iterator<Lane> each = lanes.iterator();
            while (each.hasNext()) {
                Lane lane = each.next();
                if (lane.attemptsInFlight() < LANE_TIMES_FREE * free) {
                    each.remove();
                    return lane;
                }
            }
            return null;
        }

        void take(long account) {
            free--;
            held.merge(account, 1, Integer::sum);
        }

        void release(long account) {
            free++;
            held.computeIfPresent(account, (no, slots) -> slots == 1 ? null : slots - 1);
        }
    }
}
