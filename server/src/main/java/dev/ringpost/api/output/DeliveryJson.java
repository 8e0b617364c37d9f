package dev.ringpost.api.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.call.EventType;
import dev.ringpost.id.PublicIds;
import dev.ringpost.store.Event;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.store.WaitingDelivery;
import dev.ringpost.webhook.Webhook;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One delivery: what was sent and every attempt of it. */
public final class DeliveryJson {
    private final PublicIds ids;
    private final AttemptJson attempts;

    public DeliveryJson(PublicIds ids) {
        this.ids = ids;
        this.attempts = new AttemptJson(ids);
    }

    /**
     * Its status is that of its newest attempt; {@code waiting} while another is to come, with {@code due_at} and {@code held_by}.
     *
     * @param heldBy why it has not gone yet; null where it has ended, is under way, or its webhook was deleted
     */
    public void write(JsonGenerator json, DeliveryRecord delivery, @Nullable HeldBy heldBy) throws IOException {
        WaitingDelivery waiting = delivery.waiting();
        LoggedAttempt newest = delivery.log().isEmpty() ? null : delivery.log().getFirst();
        json.writeStartObject();
        json.writeStringField("id", ids.delivery(delivery.eventNo(), delivery.endpoint()));
        json.writeStringField("webhook_id", ids.webhook(delivery.endpoint()));
        json.writeStringField("event", type(waiting, newest).wireName());
        json.writeStringField("event_id", ids.event(delivery.eventNo()));
        Long call = newest == null ? waitingCall(waiting) : newest.call();
        json.writeStringField("call_id", call == null ? null : ids.call(call));
        json.writeStringField("url", url(delivery, newest));
        json.writeStringField(
                "status", waiting != null || newest == null ? "waiting" : AttemptJson.wireName(newest.status()));
        json.writeBooleanField("final", waiting == null && newest != null && newest.isFinal());
        Members.time(json, "due_at", waiting == null ? null : waiting.dueAt());
        json.writeStringField("held_by", heldBy == null ? null : heldBy.wireName());
        if (newest == null) {
            json.writeNullField("request_headers");
        } else {
            writeRequestHeaders(json, newest, delivery.webhook());
        }
        Event event = delivery.event();
        Members.raw(json, "payload", event == null ? "null" : EventJson.payload(event));
        json.writeArrayFieldStart("attempts");
        for (LoggedAttempt row : delivery.log()) {
            attempts.write(json, row);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static EventType type(@Nullable WaitingDelivery waiting, @Nullable LoggedAttempt newest) {
        if (newest != null) {
            return newest.type();
        }
        if (waiting != null) {
            return waiting.delivery().type();
        }
        throw new IllegalArgumentException("A delivery neither waits nor has a log");
    }

    private static @Nullable Long waitingCall(@Nullable WaitingDelivery waiting) {
        return waiting == null ? null : waiting.delivery().call();
    }

    /** Where the next attempt goes, or the last one went. */
    private static @Nullable String url(DeliveryRecord delivery, @Nullable LoggedAttempt newest) {
        Webhook webhook = delivery.webhook();
        if (webhook != null && (delivery.waiting() != null || newest == null)) {
            return webhook.url();
        }
        return newest == null ? null : newest.url();
    }

    /** Those of the newest attempt; signature and extra headers are secrets of the webhook and masked. */
    private void writeRequestHeaders(JsonGenerator json, LoggedAttempt newest, @Nullable Webhook webhook)
            throws IOException {
        json.writeObjectFieldStart("request_headers");
        json.writeStringField("content-type", "application/json");
        json.writeStringField("webhook-id", ids.event(newest.event()));
        json.writeStringField(
                "webhook-timestamp",
                Long.toString(
                        newest.completedAt().minusMillis(newest.durationMs()).getEpochSecond()));
        String version = webhook == null ? "" : webhook.signature().wireName() + ",";
        json.writeStringField("webhook-signature", version + WebhookJson.MASK);
        json.writeStringField("ringpost-attempt", Integer.toString(newest.attempt()));
        if (webhook != null) {
            for (String name : webhook.options().headers().keySet()) {
                json.writeStringField(name, WebhookJson.MASK);
            }
        }
        json.writeEndObject();
    }
}
