package dev.ringpost.delivery;

import dev.ringpost.webhook.Webhook;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** When a failed delivery is tried again: the webhook's schedule, each pause varied by 20 % either way. */
final class RetryPolicy {
    /** A partial transcript is worth nothing later than this after it was made. */
    static final Duration PARTIAL_LIFE = Duration.ofSeconds(60);

    private static final double JITTER = 0.2;

    /** Nobody was at fault, so that nobody's schedule says when it is tried again: as soon as it may help. */
    private static final long AFTER_OUTAGE = 5_000;

    private final RandomGenerator random;

    RetryPolicy(RandomGenerator random) {
        this.random = random;
    }

    /**
     * @param step the pause to take, from 0
     * @param retryAfter the receiver's own wish, which can only make it later
     * @return milliseconds since 1970; -1: the schedule has no further attempt
     */
    long dueAfterFailure(Webhook webhook, int step, long now, @Nullable Duration retryAfter) {
        List<Duration> schedule = webhook.options().retrySchedule();
        if (step >= schedule.size()) {
            return -1;
        }
        long due = now + jittered(schedule.get(step).toMillis());
        return retryAfter == null ? due : Math.max(due, now + retryAfter.toMillis());
    }

    /** After an attempt that says nothing about its endpoint. */
    long dueAfterOutage(long now) {
        return now + jittered(AFTER_OUTAGE);
    }

    /** A time within so many milliseconds from now, each as likely as the other. */
    long within(long spread, long now) {
        return now + (long) (spread * random.nextDouble());
    }

    /** The pause, times 0.8 to 1.2. */
    long jittered(long pauseMillis) {
        return Math.round(pauseMillis * (1 + JITTER * (2 * random.nextDouble() - 1)));
    }
}
