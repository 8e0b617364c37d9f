package dev.ringpost.api.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.id.PublicIds;
import dev.ringpost.store.Event;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.webhook.Webhook;
import java.io.IOException;
import java.util.List;
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
     * @param event null for a test, whose event is stored nowhere, and for one that is no longer kept
     * @param webhook null where it was deleted
     * @param log its rows, newest first, at least one
     */
    public void write(JsonGenerator json, @Nullable Event event, @Nullable Webhook webhook, List<LoggedAttempt> log)
            throws IOException {
        LoggedAttempt newest = log.getFirst();
        json.writeStartObject();
        json.writeStringField("id", ids.delivery(newest.event(), newest.endpoint()));
        json.writeStringField("webhook_id", ids.webhook(newest.endpoint()));
        json.writeStringField("event", newest.type().wireName());
        json.writeStringField("event_id", ids.event(newest.event()));
        Long call = newest.call();
        json.writeStringField("call_id", call == null ? null : ids.call(call));
        json.writeStringField("url", newest.url());
        json.writeStringField("status", AttemptJson.wireName(newest.status()));
        json.writeBooleanField("final", newest.isFinal());
        writeRequestHeaders(json, newest, webhook);
        Members.raw(json, "payload", event == null ? "null" : EventJson.payload(event));
        json.writeArrayFieldStart("attempts");
        for (LoggedAttempt row : log) {
            attempts.write(json, row);
        }
        json.writeEndArray();
        json.writeEndObject();
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
