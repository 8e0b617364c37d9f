package dev.ringpost.store;

import dev.ringpost.call.CallStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Which calls; null: any. By time of creation, {@code since} included and {@code until} not. */
public record CallFilter(
        @Nullable String agentId,
        @Nullable CallStatus status,
        @Nullable String externalId,
        @Nullable Instant since,
        @Nullable Instant until) {}
