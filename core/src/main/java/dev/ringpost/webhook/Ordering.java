package dev.ringpost.webhook;

import java.util.Locale;

/** What a delivery of a call waits for. */
public enum Ordering {
    /** The one before has been tried once. */
    CALL,
    /** The one before has succeeded or given up. */
    STRICT_CALL,
    /** Nothing. */
    NONE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
