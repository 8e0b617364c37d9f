package dev.ringpost.delivery;

import dev.ringpost.call.EventType;
import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookOptions;
import dev.ringpost.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The endpoints of an {@link EngineWorld}: 1 takes few attempts at once, 2 few a second. */
final class WorldWebhooks {
    private WorldWebhooks() {}

    static Webhook of(long no, WebhookStatus status, Set<EventType> events, Ordering ordering, long updatedAt) {
        List<Duration> schedule = List.of(Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(30));
        return of(no, status, events, ordering, updatedAt, schedule);
    }

    static Webhook of(
            long no,
            WebhookStatus status,
            Set<EventType> events,
            Ordering ordering,
            long updatedAt,
            List<Duration> schedule) {
        WebhookOptions options = new WebhookOptions(
                Set.of(),
                Set.of(),
                Duration.ofSeconds(10),
                schedule,
                ordering,
                no == 1 ? 2 : 8,
                no == 2 ? 3 : null,
                null,
                WebhookOptions.DEFAULT.headers());
        return new Webhook(
                no,
                7,
                WebhookKind.ACCOUNT,
                "w",
                "http://r/" + no,
                events,
                status,
                null,
                options,
                List.of(),
                Instant.ofEpochMilli(updatedAt),
                Instant.ofEpochMilli(updatedAt));
    }
}
