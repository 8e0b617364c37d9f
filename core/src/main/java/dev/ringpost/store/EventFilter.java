package dev.ringpost.store;

import dev.ringpost.call.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which events; null: any. By time of creation, {@code since} included and {@code until} not. */
public record EventFilter(
        @Nullable EventType type,
        @Nullable Long call,
        @Nullable Instant since,
        @Nullable Instant until) {}
