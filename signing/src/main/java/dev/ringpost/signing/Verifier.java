package dev.ringpost.signing;

import dev.ringpost.signing.VerificationException.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies what a receiver of webhooks was sent, as in Standard Webhooks. Immutable; for several threads at once.
 *
 * <pre>{@code
 * var verifier = new Verifier(WebhookSecret.parse("whsec_..."));
 * verifier.verify(header("webhook-id"), header("webhook-timestamp"), header("webhook-signature"), body);
 * }</pre>
 */
public final class Verifier {
    /** How far a message's timestamp may be from now. */
    public static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);

    private final List<VerificationKey> keys;
    private final Duration tolerance;
    private final InstantSource clock;

    /** With the system's clock and a tolerance of 5 minutes. */
    public Verifier(VerificationKey... keys) {
        this(List.of(keys), DEFAULT_TOLERANCE, InstantSource.system());
    }

    /**
     * With its own tolerance and clock.
     *
     * @param keys at least one; a message is good if any of them fits, so that keys can be rotated
     */
    public Verifier(List<? extends VerificationKey> keys, Duration tolerance, InstantSource clock) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("A verifier needs at least one key");
        }
        this.keys = List.copyOf(keys);
        this.tolerance = tolerance;
        this.clock = clock;
    }

    /**
     * Returns if the message was signed with one of the keys, within the tolerance from now.
     *
     * @param id the header {@code webhook-id}; null if it is missing
     * @param timestamp the header {@code webhook-timestamp}
     * @param signatures the header {@code webhook-signature}
     * @param body the bytes as they came, before any parsing
     * @throws VerificationException if it was not, with what is wrong
     */
    public void verify(@Nullable String id, @Nullable String timestamp, @Nullable String signatures, byte[] body)
            throws VerificationException {
        String messageId = required("webhook-id", id);
        long seconds = fresh(required("webhook-timestamp", timestamp));
        String header = required("webhook-signature", signatures);
        for (String signature : header.trim().split(" +", -1)) {
            if (matches(signature, messageId, seconds, body)) {
                return;
            }
        }
        throw new VerificationException(
                Reason.NO_MATCH,
                "No signature in webhook-signature fits: the key is another one, or the body is not byte for byte what was"
                        + " sent (verify before parsing)");
    }

    private boolean matches(String signature, String id, long timestamp, byte[] body) {
        int comma = signature.indexOf(',');
        if (comma < 0) {
            return false;
        }
        String version = signature.substring(0, comma);
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(signature.substring(comma + 1));
        } catch (IllegalArgumentException e) {
            return false;
        }
        for (VerificationKey key : keys) {
            if (key.version().equals(version) && key.matches(bytes, id, timestamp, body)) {
                return true;
            }
        }
        return false;
    }

    private static String required(String name, @Nullable String value) throws VerificationException {
        if (value == null || value.isBlank()) {
            throw new VerificationException(Reason.MISSING_HEADER, "The header " + name + " is missing or empty");
        }
        return value;
    }

    private long fresh(String timestamp) throws VerificationException {
        long seconds;
        try {
            seconds = Long.parseLong(timestamp);
        } catch (NumberFormatException e) {
            throw new VerificationException(
                    Reason.BAD_TIMESTAMP, "webhook-timestamp is not a whole number of seconds since 1970");
        }
        long now = Math.floorDiv(clock.millis(), 1000L);
        if (seconds < now - tolerance.toSeconds()) {
            throw new VerificationException(
                    Reason.TOO_OLD,
                    "webhook-timestamp is more than " + tolerance.toSeconds()
                            + " s in the past: a replay, or this machine's clock is wrong");
        }
        if (seconds > now + tolerance.toSeconds()) {
            throw new VerificationException(
                    Reason.TOO_NEW,
                    "webhook-timestamp is more than " + tolerance.toSeconds()
                            + " s in the future: the sender's or this machine's clock is wrong");
        }
        return seconds;
    }
}
