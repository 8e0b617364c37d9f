package dev.ringpost.log;

/** From which level on Ringpost's own lines are logged. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG
}
