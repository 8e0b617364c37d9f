package dev.ringpost.delivery;

/** The one place in the store where a delivery that has not ended stands. */
public sealed interface Place {
    /** Not yet tried, and taken straight from its event. */
    record Fresh() implements Place {}

    /** Not yet tried, moved out of memory; ordered by event number. */
    record Untried() implements Place {}

    /** Tried and failed; due at a time, in milliseconds since 1970. */
    record Tried(long dueAt) implements Place {}

    Place FRESH = new Fresh();
    Place UNTRIED = new Untried();
}
