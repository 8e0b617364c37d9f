package dev.ringpost.dispatch;

import dev.ringpost.delivery.AttemptResult;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.DeliveryEnd;
import dev.ringpost.delivery.LaneWrite;
import dev.ringpost.id.IdKind;
import dev.ringpost.id.NumberSource;
import dev.ringpost.id.PublicIds;
import dev.ringpost.sender.LoggedError;
import dev.ringpost.webhook.DefaultName;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The log lines of deliveries: one at debug for each attempt, and one at info for each delivery that gave up, with all
 * that a person needs to look further. Of the URL only the host, because paths and queries hold tokens; nothing that came
 * from the receiver but its status.
 */
final class AttemptLog implements DeliveryListener {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptLog.class);

    private final PublicIds ids;

    AttemptLog(PublicIds ids) {
        this.ids = ids;
    }

    @Override
    public void begins(Delivery delivery, int attempt, Instant now) {}

    @Override
    public void attempted(Delivery delivery, int attempt, AttemptResult result, Instant now) {
        if (LOG.isDebugEnabled()) {
            line(LOG.atDebug(), delivery, attempt, result)
                    .addKeyValue("outcome", result.verdict().name().toLowerCase(Locale.ROOT))
                    .log("Attempt");
        }
    }

    @Override
    public void ended(LaneWrite.Finish end, Instant now) {
        if (end.end() == DeliveryEnd.GAVE_UP && LOG.isInfoEnabled()) {
            Instant fired = NumberSource.timeOf(end.delivery().event());
            line(LOG.atInfo(), end.delivery(), end.attempts(), end.result())
                    .addKeyValue("age_seconds", Duration.between(fired, now).toSeconds())
                    .log("Delivery gave up: no attempt of its schedule succeeded; once the receiver works,"
                            + " POST /v1/deliveries/{id}/retry sends it again");
        }
    }

    private LoggingEventBuilder line(
            LoggingEventBuilder line, Delivery delivery, int attempts, @Nullable AttemptResult result) {
        line = line.addKeyValue("delivery_id", ids.delivery(delivery.event(), delivery.endpoint()))
                .addKeyValue("event_id", ids.event(delivery.event()))
                .addKeyValue("event", delivery.type().wireName())
                .addKeyValue("webhook_id", ids.webhook(delivery.endpoint()))
                .addKeyValue("call_id", delivery.type().isOfCall() ? ids.call(delivery.call()) : null)
                .addKeyValue("account_id", ids.format(IdKind.ACCOUNT, delivery.account()))
                .addKeyValue("attempts", attempts);
        if (result == null) {
            return line;
        }
        line = line.addKeyValue("host", DefaultName.of(result.url()))
                .addKeyValue("duration_ms", result.duration().toMillis());
        if (result.responseStatus() != null) {
            line = line.addKeyValue("status", result.responseStatus());
        }
        String error = LoggedError.of(result);
        return error == null ? line : line.addKeyValue("error", error);
    }
}
