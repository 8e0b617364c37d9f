package dev.ringpost.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a call is created with and keeps for life: the body of POST /v1/calls, or a report's {@code call}. */
public record CallSpec(
        @Nullable String externalId,
        String agentId,
        Direction direction,
        @Nullable String fromNumber,
        @Nullable String toNumber,
        @Nullable Instant scheduledAt,
        Json variables,
        Json overrides,
        Json metadata,
        @Nullable CallWebhook webhook) {

    public CallSpec withExternalId(String changed) {
        return new CallSpec(
                changed,
                agentId,
                direction,
                fromNumber,
                toNumber,
                scheduledAt,
                variables,
                overrides,
                metadata,
                webhook);
    }

    public CallSpec withWebhook(CallWebhook changed) {
        return new CallSpec(
                externalId,
                agentId,
                direction,
                fromNumber,
                toNumber,
                scheduledAt,
                variables,
                overrides,
                metadata,
                changed);
    }
}
