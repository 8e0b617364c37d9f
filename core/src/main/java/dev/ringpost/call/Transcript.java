package dev.ringpost.call;

/** Where a call's messages are: in the payload of the event that carried them, or kept with the call. */
public sealed interface Transcript {
    /** The event's payload has the messages: a transcript is stored once. */
    record InEvent(long event) implements Transcript {}

    /** No event carries them, so the call does. */
    record Kept(Json messages) implements Transcript {}
}
