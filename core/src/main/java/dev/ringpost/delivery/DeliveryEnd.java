package dev.ringpost.delivery;

/** How a delivery ended. */
public enum DeliveryEnd {
    SUCCEEDED,
    /** The schedule has no further attempt. */
    GAVE_UP,
    /** Its webhook was deleted or no longer wants the event. */
    CANCELLED,
    /** A partial transcript that a newer one or the end of the call overtook, or that is too old to be worth an attempt. */
    SUPERSEDED
}
