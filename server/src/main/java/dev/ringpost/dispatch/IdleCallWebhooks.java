package dev.ringpost.dispatch;

import dev.ringpost.commit.Journal;
import dev.ringpost.store.Backlog;
import dev.ringpost.webhook.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of the endpoints of calls that have been out of use for a week: no call that is not over has it, nothing waits
 * there, and nothing was sent. Its log stays; a later call with the same URL makes a new one.
 */
public final class IdleCallWebhooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IdleCallWebhooks.class);
    private static final Duration IDLE = Duration.ofDays(7);
    private static final int SLICE = 100;

    private final Backlog backlog;
    private final Journal journal;
    private final Dispatch dispatch;
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("idle-call-webhooks").factory());

    public IdleCallWebhooks(Backlog backlog, Journal journal, Dispatch dispatch, InstantSource clock) {
        this.backlog = backlog;
        this.journal = journal;
        this.dispatch = dispatch;
        this.clock = clock;
    }

    /** Looks at once, and then every hour; called once. */
    public void start() {
        var _ = thread.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.HOURS);
    }

    /** Waits for no look that is under way. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        try {
            Instant since = clock.instant().minus(IDLE);
            List<Webhook> some = backlog.callWebhooks(0, SLICE);
            while (!some.isEmpty()) {
                List<Webhook> looked = some;
                journal.change(tx -> looked.stream()
                                .filter(webhook -> tx.deleteIdleCallWebhook(webhook, since))
                                .toList())
                        .join()
                        .forEach(dispatch::webhookDeleted);
                some = backlog.callWebhooks(some.getLast().no(), SLICE);
            }
        } catch (RuntimeException e) {
            if (!thread.isShutdown()) {
                LOG.warn("Endpoints of calls that are out of use stay for another hour: {}", e.toString());
            }
        }
    }
}
