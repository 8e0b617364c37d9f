package dev.ringpost.sim.world;

import dev.ringpost.call.EventType;
import dev.ringpost.sim.plan.Step.Change;
import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.Rotation;
import dev.ringpost.webhook.SigningSecret;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookOptions;
import dev.ringpost.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Webhooks as they are after a change. */
final class Changed {
    private Changed() {}

    static Webhook by(Change change, Webhook old, Instant now) {
        WebhookOptions options = old.options();
        return switch (change) {
            case Change.Create _, Change.Delete _ -> throw new IllegalArgumentException("No change: " + change);
            case Change.Pause _ -> with(old, WebhookStatus.INACTIVE, old.events(), options, now);
            case Change.Activate _ -> with(old, WebhookStatus.ACTIVE, old.events(), options, now);
            case Change.Rotate _ -> old.kind().isSignedByAccount() ? old : rotated(old, now);
            case Change.Unsubscribe(int type) -> with(old, old.status(), without(old.events(), type), options, now);
            case Change.SubscribeAll _ -> with(old, old.status(), EventType.OF_CALLS, options, now);
            case Change.Order(Ordering ordering) ->
                with(
                        old,
                        old.status(),
                        old.events(),
                        options(options, options.retrySchedule(), ordering, options.maxInFlight(), options.rateLimit()),
                        now);
            case Change.MaxInFlight(int most) ->
                with(
                        old,
                        old.status(),
                        old.events(),
                        options(options, options.retrySchedule(), options.ordering(), most, options.rateLimit()),
                        now);
            case Change.Rate(Integer perSecond) ->
                with(
                        old,
                        old.status(),
                        old.events(),
                        options(options, options.retrySchedule(), options.ordering(), options.maxInFlight(), perSecond),
                        now);
            case Change.Schedule(List<Duration> schedule) ->
                with(
                        old,
                        old.status(),
                        old.events(),
                        options(options, schedule, options.ordering(), options.maxInFlight(), options.rateLimit()),
                        now);
            case Change.Move _ -> moved(old, now);
        };
    }

    private static Webhook rotated(Webhook old, Instant now) {
        List<SigningSecret> before = old.secrets();
        return old.rotated(new Rotation("whsec_" + before.size() + now.toEpochMilli(), Duration.ofHours(1)), now);
    }

    private static Set<EventType> without(Set<EventType> events, int type) {
        EnumSet<EventType> left = EnumSet.copyOf(events);
        left.remove(EventType.ofCode(1 + type));
        return left.isEmpty() ? events : left;
    }

    private static Webhook moved(Webhook old, Instant now) {
        return new Webhook(
                old.no(),
                old.account(),
                old.kind(),
                old.name(),
                old.url() + "x",
                old.events(),
                old.status(),
                old.disabledReason(),
                old.options(),
                old.secrets(),
                old.createdAt(),
                old.nextUpdate(now));
    }

    private static Webhook with(
            Webhook old, WebhookStatus status, Set<EventType> events, WebhookOptions options, Instant now) {
        return new Webhook(
                old.no(),
                old.account(),
                old.kind(),
                old.name(),
                old.url(),
                events,
                status,
                null,
                options,
                old.secrets(),
                old.createdAt(),
                old.nextUpdate(now));
    }

    static WebhookOptions options(
            WebhookOptions old,
            List<Duration> schedule,
            Ordering ordering,
            int maxInFlight,
            @Nullable Integer rateLimit) {
        return new WebhookOptions(
                old.agentIds(),
                old.directions(),
                old.timeout(),
                schedule,
                ordering,
                maxInFlight,
                rateLimit,
                old.maxBodyBytes(),
                old.headers());
    }
}
