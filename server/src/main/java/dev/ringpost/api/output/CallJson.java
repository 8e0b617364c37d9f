package dev.ringpost.api.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.call.Call;
import dev.ringpost.call.CallFacts;
import dev.ringpost.call.CallSpec;
import dev.ringpost.call.CallWebhook;
import dev.ringpost.call.EventType;
import dev.ringpost.call.Recording;
import dev.ringpost.id.PublicIds;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A call with everything known. */
public final class CallJson {
    private final PublicIds ids;

    public CallJson(PublicIds ids) {
        this.ids = ids;
    }

    /** @param messages a JSON array, or {@code null} as text where there is no transcript */
    public void write(JsonGenerator json, Call call, String messages) throws IOException {
        json.writeStartObject();
        writeSpec(json, call);
        writeFacts(json, call.facts(), messages);
        writeEnd(json, call);
    }

    /** As a list has it: without {@code messages}, which may be megabytes for each call. */
    public void writeWithoutMessages(JsonGenerator json, Call call) throws IOException {
        json.writeStartObject();
        writeSpec(json, call);
        writeFacts(json, call.facts(), null);
        writeEnd(json, call);
    }

    private void writeSpec(JsonGenerator json, Call call) throws IOException {
        CallSpec spec = call.spec();
        json.writeStringField("id", ids.call(call.no()));
        json.writeStringField("external_id", spec.externalId());
        json.writeStringField("agent_id", spec.agentId());
        json.writeStringField("type", spec.direction().wireName());
        json.writeStringField("direction", spec.direction().wireName());
        json.writeStringField("status", call.status().wireName());
        json.writeStringField("from_number", spec.fromNumber());
        json.writeStringField("to_number", spec.toNumber());
        Members.time(json, "scheduled_at", spec.scheduledAt());
        Members.raw(json, "variables", spec.variables());
        Members.raw(json, "overrides", spec.overrides());
        Members.raw(json, "metadata", spec.metadata());
        writeWebhook(json, spec.webhook());
    }

    private static void writeWebhook(JsonGenerator json, @Nullable CallWebhook webhook) throws IOException {
        if (webhook == null) {
            json.writeNullField("webhook_url");
            json.writeNullField("webhook_mode");
            json.writeNullField("webhook_events");
        } else {
            json.writeStringField("webhook_url", webhook.url());
            json.writeStringField("webhook_mode", webhook.mode().wireName());
            Members.strings(json, "webhook_events", webhook.events(), EventType::wireName);
        }
    }

    private static void writeFacts(JsonGenerator json, CallFacts facts, @Nullable String messages) throws IOException {
        Members.time(json, "started_at", facts.startedAt());
        Members.time(json, "ended_at", facts.endedAt());
        Members.number(json, "duration_seconds", facts.durationSeconds());
        json.writeStringField("end_reason", facts.endReason());
        json.writeStringField("failure_reason", facts.failureReason());
        if (messages != null) {
            Members.raw(json, "messages", messages);
        }
        Recording recording = facts.recording();
        json.writeStringField("recording_url", recording == null ? null : recording.url());
        Members.number(json, "recording_duration_seconds", recording == null ? null : recording.durationSeconds());
        json.writeStringField("recording_format", recording == null ? null : recording.format());
        Members.time(json, "recording_expires_at", recording == null ? null : recording.expiresAt());
        json.writeStringField("outcome", facts.outcome());
        json.writeStringField("summary", facts.summary());
        Members.raw(json, "analysis", facts.analysis());
    }

    private static void writeEnd(JsonGenerator json, Call call) throws IOException {
        Members.time(json, "created_at", call.createdAt());
        Members.time(json, "updated_at", call.updatedAt());
        json.writeEndObject();
    }
}
