package dev.ringpost.dashboard.layout;

import java.util.List;

/** The events of calls, in the order in which a call fires them. */
public final class CallEvents {
    public static final List<String> ALL = List.of(
            "call.started",
            "call.ended",
            "call.analyzed",
            "call.failed",
            "call.recording.available",
            "transcript.partial",
            "transcript.final");

    private CallEvents() {}
}
