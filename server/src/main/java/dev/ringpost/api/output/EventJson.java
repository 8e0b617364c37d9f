package dev.ringpost.api.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.id.PublicIds;
import dev.ringpost.store.Event;
import java.io.IOException;

/** An event with the payload that its receivers get. */
public final class EventJson {
    private final PublicIds ids;

    public EventJson(PublicIds ids) {
        this.ids = ids;
    }

    public void write(JsonGenerator json, Event event) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", ids.event(event.no()));
        json.writeStringField("event", event.type().wireName());
        json.writeStringField("call_id", ids.call(event.call()));
        json.writeNumberField("sequence", event.sequence());
        Members.time(json, "created_at", event.createdAt());
        Members.raw(json, "payload", payload(event));
        json.writeEndObject();
    }

    static String payload(Event event) {
        return new String(event.payload(), UTF_8);
    }
}
