package dev.ringpost.store;

import dev.ringpost.call.EventType;
import java.time.Instant;

/**
 * An event with the bytes that every receiver gets.
 *
 * @param call the call that fired it; for what the operator is told, the number of the endpoint that it goes to
 */
public record Event(
        long no, long account, long call, int sequence, EventType type, Instant createdAt, byte[] payload) {}
