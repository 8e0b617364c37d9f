package dev.ringpost.api.stream;

import java.time.Duration;

/**
 * What streams may take of the server.
 *
 * @param ofAccount streams at once, from 1
 * @param inAll streams at once of all accounts together, from 2; an account may have as many as are left free
 * @param heartbeat how often something is sent where there is nothing to send: well below the time after which silent
 *     connections are closed
 * @param pace how long a stream that has seen everything rests before it looks again, however often it is woken
 * @param memory bytes of all streams together that wait for their clients; an account may hold as much as is left free
 */
public record StreamLimits(int ofAccount, int inAll, Duration heartbeat, Duration pace, long memory) {
    /** So that even with the smallest heap the largest event finds room twice. */
    private static final long LEAST_MEMORY = 16 << 20;

    /** 100 streams an account, 1000 in all, a heartbeat every 15 s, 25 ms of rest, an eighth of the heap. */
    public static StreamLimits standard() {
        long eighth = Runtime.getRuntime().maxMemory() / 8;
        return new StreamLimits(
                100, 1000, Duration.ofSeconds(15), Duration.ofMillis(25), Math.max(LEAST_MEMORY, eighth));
    }
}
