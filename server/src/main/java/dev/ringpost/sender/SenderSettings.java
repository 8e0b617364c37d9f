package dev.ringpost.sender;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the sender may behave.
 *
 * @param allowPrivateTargets loopback, private and other special addresses may be sent to; implies http
 * @param allowHttpTargets http URLs as well as https
 * @param maxSockets connections at once, busy and kept ones together; at least 1
 * @param keepAlive how long a connection that nobody uses is kept
 * @param trustedCertificates a PEM file of certificates to trust in place of the system's; null: the system's
 */
public record SenderSettings(
        boolean allowPrivateTargets,
        boolean allowHttpTargets,
        int maxSockets,
        Duration keepAlive,
        @Nullable Path trustedCertificates) {
    /** Https to public addresses only, 4096 sockets, kept for 30 s. */
    public static final SenderSettings DEFAULT = new SenderSettings(false, false, 4096, Duration.ofSeconds(30), null);

    public SenderSettings {
        if (maxSockets < 1) {
            throw new IllegalArgumentException("maxSockets must be at least 1, not " + maxSockets);
        }
        if (keepAlive.isNegative()) {
            throw new IllegalArgumentException("keepAlive must not be negative, but is " + keepAlive);
        }
    }

    /** How many deliveries may be in flight: fewer than there are sockets, so that none has to wait for one. */
    public int attemptsAtOnce() {
        return Math.max(1, maxSockets - maxSockets / 8);
    }

    /** What may be sent to under these settings. */
    public TargetPolicy targetPolicy() {
        return new TargetPolicy(allowPrivateTargets, allowHttpTargets);
    }
}
