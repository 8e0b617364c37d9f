package dev.ringpost.delivery;

/** What the classes that make up a lane share. */
record LaneParts(
        LaneWebhook webhook,
        Head head,
        Beyond beyond,
        Breaker breaker,
        LaneHealth health,
        Window window,
        Pace pace,
        Unwanted unwanted,
        Outage outage,
        RetryPolicy policy,
        LaneOutput output) {}
