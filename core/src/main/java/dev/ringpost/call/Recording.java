package dev.ringpost.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a call's recording lies, as the call engine said. */
public record Recording(
        String url,
        @Nullable Double durationSeconds,
        @Nullable String format,
        @Nullable Instant expiresAt) {}
