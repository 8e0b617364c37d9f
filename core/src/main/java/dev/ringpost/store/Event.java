package dev.ringpost.store;

import dev.ringpost.call.EventType;
import java.time.Instant;

/** A fired event with the bytes that every receiver gets. */
public record Event(
        long no, long account, long call, int sequence, EventType type, Instant createdAt, byte[] payload) {}
