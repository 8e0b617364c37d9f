package dev.ringpost.sim.invariant;

import dev.ringpost.call.EventType;
import dev.ringpost.store.Event;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    private final Map<Long, Set<EventType>> taken = new HashMap<>();
    private final Map<Long, Set<String>> askedByHand = new HashMap<>();
    private final Set<Long> setByHand = new HashSet<>();

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

    /**
     * A report was taken. What waits for the end of its call is fired then, and dropped only where the call fails.
     *
     * @param type of the event that it is for
     */
    public void taken(long call, EventType type) {
        taken.computeIfAbsent(call, no -> EnumSet.noneOf(EventType.class)).add(type);
    }

    /** Somebody asks to set an outcome. It may be set without an answer, and then at any time before the last one. */
    public void asksByHand(long call, String outcome) {
        askedByHand.computeIfAbsent(call, no -> new HashSet<>()).add(outcome);
    }

    /** One of what was asked for is acknowledged. */
    public void setByHand(long call) {
        setByHand.add(call);
    }

    /** When everything has come to rest: what was set by hand stays, whatever an analysis says later. */
    public void anOutcomeSetByHandStays(long call, @Nullable String outcome) {
        Set<String> asked = askedByHand.getOrDefault(call, Set.of());
        if (setByHand.contains(call) && (outcome == null || !asked.contains(outcome))) {
            throw new Broken("anOutcomeSetByHandStays", "call " + call + " has " + outcome + ", not one of " + asked);
        }
    }

    /** When everything has come to rest. */
    public void everyReportFiresItsEvent(long call) {
        Set<EventType> fired = made.containsKey(call) ? made.get(call).types : EnumSet.noneOf(EventType.class);
        Set<EventType> wanted = taken.getOrDefault(call, Set.of());
        if (!fired.contains(EventType.CALL_FAILED) && !fired.containsAll(wanted)) {
            throw new Broken("everyReportFiresItsEvent", "call " + call + " fired " + fired + ", not all of " + wanted);
        }
    }

    /** A call that is not over when everything has come to rest. */
    public void noCallWaitsForEver(long call, boolean isOver) {
        if (!isOver) {
            throw new Broken("noCallWaitsForEver", "call " + call + " is not over");
        }
    }
}
