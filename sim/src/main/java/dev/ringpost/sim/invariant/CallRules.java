package dev.ringpost.sim.invariant;

import dev.ringpost.call.EventType;
import dev.ringpost.store.Event;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** In which order the events of a call are made. */
public final class CallRules {
    /** The last two because stories say the same again, and never something else. */
    private static final Set<EventType> ONCE = EnumSet.of(
            EventType.CALL_STARTED,
            EventType.CALL_ENDED,
            EventType.CALL_FAILED,
            EventType.CALL_RECORDING_AVAILABLE,
            EventType.TRANSCRIPT_FINAL);

    private final Map<Long, Made> made = new HashMap<>();

    /** What a call has fired so far. */
    private static final class Made {
        private final Set<EventType> types = EnumSet.noneOf(EventType.class);
        private long last;
        private int sequence;
    }

    void fired(Event event) {
        Made before = made.computeIfAbsent(event.call(), no -> new Made());
        if (event.sequence() != before.sequence + 1 || event.no() <= before.last) {
            throw new Broken(
                    "aCallsEventsAreNumberedInOrder",
                    event + " follows " + before.sequence + " with number " + before.last);
        }
        if (!isInTime(event.type(), before.types)) {
            throw new Broken("aCallsEventsComeInOneOrder", event + " after " + before.types);
        }
        before.types.add(event.type());
        before.last = event.no();
        before.sequence = event.sequence();
    }

    private static boolean isInTime(EventType type, Set<EventType> before) {
        boolean ended = before.contains(EventType.CALL_ENDED);
        boolean again = ONCE.contains(type) && before.contains(type);
        return !again
                && !before.contains(EventType.CALL_FAILED)
                && switch (type) {
                    case CALL_STARTED -> before.isEmpty();
                    case CALL_FAILED -> before.isEmpty();
                    case TRANSCRIPT_PARTIAL -> before.contains(EventType.CALL_STARTED) && !ended;
                    case CALL_ENDED -> before.contains(EventType.CALL_STARTED);
                    case CALL_ANALYZED, CALL_RECORDING_AVAILABLE, TRANSCRIPT_FINAL -> ended;
                    case WEBHOOK_DISABLED, WEBHOOK_FAILING, WEBHOOK_RECOVERED, DELIVERY_EXHAUSTED -> false;
                };
    }

    /** A call that is not over when everything has come to rest. */
    public void noCallWaitsForEver(long call, boolean isOver) {
        if (!isOver) {
            throw new Broken("noCallWaitsForEver", "call " + call + " is not over");
        }
    }
}
