package dev.ringpost.api.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.call.EventType;
import dev.ringpost.id.IdKind;
import dev.ringpost.id.PublicIds;
import dev.ringpost.store.Replay;
import java.io.IOException;
import java.util.Locale;

/** A replay and how far it is. */
public final class ReplayJson {
    private final PublicIds ids;

    public ReplayJson(PublicIds ids) {
        this.ids = ids;
    }

    public void write(JsonGenerator json, Replay replay) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", ids.format(IdKind.REPLAY, replay.no()));
        json.writeStringField("webhook_id", ids.webhook(replay.endpoint()));
        json.writeStringField("status", replay.status().name().toLowerCase(Locale.ROOT));
        json.writeStringField("only", wireName(replay.only()));
        Members.strings(json, "events", replay.events(), EventType::wireName);
        Members.time(json, "since", replay.since());
        Members.time(json, "until", replay.until());
        json.writeNumberField("total", replay.total());
        json.writeNumberField("queued", replay.queued());
        json.writeNumberField("succeeded", replay.succeeded());
        json.writeNumberField("failed", replay.failed());
        Members.time(json, "created_at", replay.createdAt());
        json.writeEndObject();
    }

    public static String wireName(Replay.Only only) {
        return only.name().toLowerCase(Locale.ROOT);
    }
}
