package dev.ringpost.log;

/** What a log line looks like. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** A JSON object a line, for programs. */
    JSON
}
