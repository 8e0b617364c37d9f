package dev.ringpost.webhook;

import dev.ringpost.call.Direction;
import dev.ringpost.call.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Webhooks for tests. */
public final class Webhooks {
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

    private Webhooks() {}

    /** Of kind account, active, of account 1. */
    public static Webhook account(long no, EventType... events) {
        return of(no, WebhookKind.ACCOUNT, "https://receiver.example/" + no, Set.of(events));
    }

    public static Webhook all(long no) {
        return account(no, EventType.values());
    }

    /** Of kind call, active, with all events. */
    public static Webhook ofCall(long no, String url) {
        return of(no, WebhookKind.CALL, url, Set.of(EventType.values()));
    }

    public static Webhook paused(Webhook webhook) {
        return new Webhook(
                webhook.no(),
                webhook.account(),
                webhook.kind(),
                webhook.name(),
                webhook.url(),
                webhook.events(),
                WebhookStatus.INACTIVE,
                null,
                webhook.options(),
                webhook.secrets(),
                webhook.createdAt(),
                webhook.updatedAt());
    }

    public static Webhook with(Webhook webhook, Set<String> agents, Set<Direction> directions) {
        WebhookOptions options = webhook.options();
        return new Webhook(
                webhook.no(),
                webhook.account(),
                webhook.kind(),
                webhook.name(),
                webhook.url(),
                webhook.events(),
                webhook.status(),
                null,
                new WebhookOptions(
                        agents,
                        directions,
                        options.timeout(),
                        options.retrySchedule(),
                        options.ordering(),
                        options.maxInFlight(),
                        options.rateLimit(),
                        options.maxBodyBytes(),
                        options.headers()),
                webhook.secrets(),
                webhook.createdAt(),
                webhook.updatedAt());
    }

    public static Webhook of(long no, WebhookKind kind, String url, Set<EventType> events) {
        return new Webhook(
                no,
                1,
                kind,
                "test",
                url,
                events,
                WebhookStatus.ACTIVE,
                null,
                WebhookOptions.DEFAULT,
                List.of(),
                CREATED,
                CREATED);
    }
}
