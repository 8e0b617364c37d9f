package dev.ringpost.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A new secret takes over, and those before it sign along for a while, so that receivers can change theirs in between.
 *
 * @param secret the new one's text
 * @param overlap how long what was valid before goes on signing; zero: ends at once
 */
public record Rotation(String secret, Duration overlap) {
    public static final Duration DEFAULT_OVERLAP = Duration.ofDays(1);
    public static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

    /** How many sign at once at most: each adds a signature to every request. One more rotation ends the oldest. */
    public static final int MOST_VALID = 5;

    /**
     * The secrets after the rotation, newest first. None of the older ones outlives the overlap, also where an earlier
     * rotation gave it longer: after it the new secret signs alone. Those that have ended are dropped. An older one that
     * comes back as the new one is not kept twice.
     */
    public List<SigningSecret> after(List<SigningSecret> before, Instant now) {
        Instant end = now.plus(overlap);
        List<SigningSecret> secrets = new ArrayList<>();
        secrets.add(new SigningSecret(secret, null));
        for (SigningSecret older : before) {
            SigningSecret ending = older.endingBy(end);
            if (ending.signsAt(now) && !older.text().equals(secret) && secrets.size() < MOST_VALID) {
                secrets.add(ending);
            }
        }
        return List.copyOf(secrets);
    }

    /** Never the secret: it must not reach a log. */
    @Override
    public String toString() {
        return "Rotation[overlap=" + overlap + "]";
    }
}
