package dev.ringpost.call;

import java.util.Locale;

/** Which way a call goes; a call's {@code type} and {@code direction} are the same word. */
public enum Direction {
    OUTBOUND,
    INBOUND,
    WEB;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
