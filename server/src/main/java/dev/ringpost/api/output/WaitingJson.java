package dev.ringpost.api.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.LaneView;
import dev.ringpost.id.PublicIds;
import dev.ringpost.store.WaitingDelivery;
import dev.ringpost.webhook.Webhook;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** A delivery that has not ended. */
public final class WaitingJson {
    private final PublicIds ids;

    public WaitingJson(PublicIds ids) {
        this.ids = ids;
    }

    /** @param lane of the webhook; empty where it is not in memory */
    public void write(
            JsonGenerator json, WaitingDelivery waiting, Webhook webhook, Optional<LaneView> lane, Instant now)
            throws IOException {
        Delivery delivery = waiting.delivery();
        json.writeStartObject();
        json.writeStringField("delivery_id", ids.delivery(delivery.event(), delivery.endpoint()));
        json.writeStringField("event", delivery.type().wireName());
        json.writeStringField("event_id", ids.event(delivery.event()));
        json.writeStringField("call_id", ids.call(delivery.call()));
        json.writeNumberField("attempts", waiting.attempts());
        Members.time(json, "due_at", waiting.dueAt());
        json.writeStringField("held_by", HeldBy.of(waiting, webhook, lane, now).wireName());
        json.writeEndObject();
    }
}
