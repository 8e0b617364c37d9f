package dev.ringpost.api;

/** What GET /metrics answers. */
@FunctionalInterface
public interface Metrics {
    /** All metrics as they are now, in the Prometheus text format 0.0.4. May block. */
    String text();
}
