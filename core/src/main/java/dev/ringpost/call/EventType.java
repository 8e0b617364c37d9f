package dev.ringpost.call;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is sent: the seven events of calls, which a webhook can subscribe to, and what the operator is told about
 * endpoints. A code is what the database stores: it never changes.
 */
public enum EventType {
    CALL_STARTED("call.started", 1),
    CALL_ENDED("call.ended", 2),
    CALL_ANALYZED("call.analyzed", 3),
    CALL_FAILED("call.failed", 4),
    CALL_RECORDING_AVAILABLE("call.recording.available", 5),
    TRANSCRIPT_PARTIAL("transcript.partial", 6),
    TRANSCRIPT_FINAL("transcript.final", 7),
    WEBHOOK_DISABLED("webhook.disabled", 8),
    WEBHOOK_FAILING("webhook.failing", 9),
    WEBHOOK_RECOVERED("webhook.recovered", 10),
    DELIVERY_EXHAUSTED("delivery.exhausted", 11);

    /** The seven that calls fire. */
    public static final Set<EventType> OF_CALLS =
            Collections.unmodifiableSet(EnumSet.range(CALL_STARTED, TRANSCRIPT_FINAL));

    /** What only the operator gets. */
    public static final Set<EventType> OF_OPERATION =
            Collections.unmodifiableSet(EnumSet.range(WEBHOOK_DISABLED, DELIVERY_EXHAUSTED));

    private final String wireName;
    private final int code;

    EventType(String wireName, int code) {
        this.wireName = wireName;
        this.code = code;
    }

    /** The name in JSON. */
    public String wireName() {
        return wireName;
    }

    /** 1..7 of calls, from 8 of operation. */
    public int code() {
        return code;
    }

    /** Its bit in a {@link #mask}. */
    public int bit() {
        return 1 << (code - 1);
    }

    public boolean isOfCall() {
        return OF_CALLS.contains(this);
    }

    /** True where the event says that the call is over: partials that still wait are worth nothing then. */
    public boolean endsCall() {
        return this == CALL_ENDED || this == CALL_FAILED || this == TRANSCRIPT_FINAL;
    }

    public static EventType ofCode(int code) {
        return values()[code - 1];
    }

    /** A set as bits, bit 0 for code 1: what the database stores. */
    public static int mask(Collection<EventType> types) {
        int mask = 0;
        for (EventType type : types) {
            mask |= type.bit();
        }
        return mask;
    }

    public static Set<EventType> ofMask(int mask) {
        EnumSet<EventType> types = EnumSet.noneOf(EventType.class);
        for (EventType type : values()) {
            if ((mask & type.bit()) != 0) {
                types.add(type);
            }
        }
        return types;
    }
}
