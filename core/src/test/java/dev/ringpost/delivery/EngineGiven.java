package dev.ringpost.delivery;

import dev.ringpost.call.EventType;
import dev.ringpost.delivery.AttemptResult.Verdict;
import dev.ringpost.webhook.Ordering;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.WebhookOptions;
import dev.ringpost.webhook.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What tests of the engine begin with. */
final class EngineGiven {
    static final long ACCOUNT = 7;

    private EngineGiven() {}

    /** An active webhook for all events, without an order between them. */
    static Webhook webhook(long no, List<Duration> retrySchedule) {
        WebhookOptions options = new WebhookOptions(
                Set.of(), Set.of(), Duration.ofSeconds(10), retrySchedule, Ordering.NONE, 8, null, null, Map.of());
        return new Webhook(
                no,
                ACCOUNT,
                WebhookKind.ACCOUNT,
                "w",
                "http://r/" + no,
                EventType.OF_CALLS,
                WebhookStatus.ACTIVE,
                null,
                options,
                List.of(),
                Instant.EPOCH,
                Instant.EPOCH);
    }

    static AttemptResult result(Verdict verdict) {
        return new AttemptResult(
                verdict,
                "http://r",
                verdict == Verdict.SUCCEEDED ? 200 : 500,
                null,
                Map.of(),
                verdict == Verdict.SUCCEEDED ? null : "HTTP 500",
                Duration.ofMillis(3),
                null);
    }
}
