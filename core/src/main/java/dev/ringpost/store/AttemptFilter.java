package dev.ringpost.store;

import dev.ringpost.call.EventType;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the attempt log; null: any. By time of completion, {@code since} included and {@code until} not.
 *
 * @param endpoints one of these; empty: no row
 */
public record AttemptFilter(
        @Nullable Set<Long> endpoints,
        @Nullable EventType type,
        LoggedAttempt.@Nullable Status status,
        @Nullable Boolean isFinal,
        @Nullable Long event,
        @Nullable Long call,
        @Nullable Instant since,
        @Nullable Instant until) {}
