package dev.ringpost.api.connection;

import java.time.Duration;

/**
 * What clients may take of the server by sending, whoever they are.
 *
 * @param most connections at once, from 1; at the bound the one that has been waiting longest for a request is closed, and
 *     where each has one in progress, a new one is refused with a 503
 * @param head how long a request's head may take from its first byte, else 408
 * @param body how long a body may take before its first byte counts, else 408
 * @param bodyBytesPerSecond and how much longer: a second for each so many bytes that arrive
 * @param bodyMemory bytes of all bodies together that are on their way or being worked on, else 503; an account may hold as
 *     much of them as is free
 */
public record ConnectionLimits(int most, Duration head, Duration body, int bodyBytesPerSecond, long bodyMemory) {
    /** 8192 connections, 10 s for a head, 10 s and a second for each 32 KiB for a body, a quarter of the heap for bodies. */
    public static ConnectionLimits standard() {
        return new ConnectionLimits(
                8192,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                32 << 10,
                Runtime.getRuntime().maxMemory() / 4);
    }
}
