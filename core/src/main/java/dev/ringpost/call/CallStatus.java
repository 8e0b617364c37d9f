package dev.ringpost.call;

import java.util.Locale;

/** Where a call stands. The last two are final. */
public enum CallStatus {
    QUEUED,
    INITIATED,
    IN_PROGRESS,
    COMPLETED,
    FAILED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean isOver() {
        return this == COMPLETED || this == FAILED;
    }
}
