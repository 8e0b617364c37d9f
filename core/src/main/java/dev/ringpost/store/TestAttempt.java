package dev.ringpost.store;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult;

/** A sample sent by POST /v1/webhooks/{id}/test. Its event is stored nowhere. */
public record TestAttempt(long account, long endpoint, long event, EventType type, AttemptResult result) {}
