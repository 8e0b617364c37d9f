package dev.ringpost.store;

/** A report's idempotency key, known for its call. */
public record ReportKey(long call, String key) {}
