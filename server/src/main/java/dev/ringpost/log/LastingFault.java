package dev.ringpost.log;

import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;

/**
 * Logs a fault that may last and then comes with every request: when it begins, once a minute while it lasts, and when it
 * is over, which is when something works and nothing has failed for two seconds: on a disk that is almost full, what is
 * small works and what is large does not. For any thread.
 */
public final class LastingFault {
    private static final long QUIET_MILLIS = 2000;
    private static final long REMINDER_MILLIS = Duration.ofMinutes(1).toMillis();

    private final Logger log;
    private final InstantSource clock;
    private final String over;
    private volatile boolean lasts;
    private long last;
    private long since;
    private long told;
    private long times;

    /** @param over what is logged when it is over, such as "The database takes writes again" */
    public LastingFault(Logger log, InstantSource clock, String over) {
        this.log = log;
        this.clock = clock;
        this.over = over;
    }

    /** It came, for the first time or again. */
    public synchronized void came(String message) {
        long now = clock.millis();
        times++;
        last = now;
        if (!lasts) {
            lasts = true;
            since = now;
            told = now;
            log.error("{}", message);
        } else if (now - told >= REMINDER_MILLIS) {
            told = now;
            log.error("{} (lasts for {} s, {} times so far)", message, (now - since) / 1000, times);
        }
    }

    /** It has worked. Cheap where it had not failed before. */
    public void worked() {
        if (lasts) {
            end();
        }
    }

    private synchronized void end() {
        if (!lasts || clock.millis() - last < QUIET_MILLIS) {
            return;
        }
        log.info("{} (after {} s and {} failures)", over, (clock.millis() - since) / 1000, times);
        lasts = false;
        times = 0;
    }
}
