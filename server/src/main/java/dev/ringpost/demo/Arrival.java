package dev.ringpost.demo;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that the demo's receiver got.
 *
 * @param path where it came in
 * @param id its {@code webhook-id}
 * @param latency since the event was made
 * @param signatureFault what is wrong with its signature; null: verified
 * @param answered the status that it was answered with
 */
public record Arrival(
        Instant at,
        String path,
        String id,
        String event,
        String callId,
        int sequence,
        int attempt,
        Duration latency,
        @Nullable String signatureFault,
        int answered) {
    public boolean isVerified() {
        return signatureFault == null;
    }
}
