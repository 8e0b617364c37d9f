package dev.ringpost.api.output;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.api.input.HeadersInput;
import dev.ringpost.call.Direction;
import dev.ringpost.call.EventType;
import dev.ringpost.dispatch.EndpointHealth;
import dev.ringpost.id.PublicIds;
import dev.ringpost.stats.Attempts;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookOptions;
import java.io.IOException;
import java.util.function.Function;

/** A webhook with its options and how its endpoint is doing. */
public final class WebhookJson {
    static final String MASK = HeadersInput.MASK;

    private final PublicIds ids;

    public WebhookJson(PublicIds ids) {
        this.ids = ids;
    }

    /**
     * As it is read back: without its secret.
     *
     * @param lastDay the attempts of the last 24 hours
     */
    public void write(JsonGenerator json, Webhook webhook, EndpointHealth health, Attempts lastDay) throws IOException {
        json.writeStartObject();
        writeIdentity(json, webhook);
        writeRest(json, webhook, health, lastDay);
    }

    /** As it is created: the one time the secret, or the public key, is part of it. */
    public void writeWithSecret(JsonGenerator json, Webhook webhook) throws IOException {
        json.writeStartObject();
        writeIdentity(json, webhook);
        SecretJson.writeField(json, webhook.secrets());
        writeRest(json, webhook, EndpointHealth.UNKNOWN, Attempts.NONE);
    }

    private void writeIdentity(JsonGenerator json, Webhook webhook) throws IOException {
        json.writeStringField("id", ids.webhook(webhook.no()));
        json.writeStringField("name", webhook.name());
        json.writeStringField("url", webhook.url());
        Members.strings(json, "events", webhook.events(), EventType::wireName);
        json.writeStringField("status", webhook.status().wireName());
        json.writeStringField("disabled_reason", webhook.disabledReason());
        json.writeStringField("kind", webhook.kind().wireName());
    }

    private static void writeRest(JsonGenerator json, Webhook webhook, EndpointHealth health, Attempts lastDay)
            throws IOException {
        Members.time(json, "created_at", webhook.createdAt());
        Members.time(json, "updated_at", webhook.updatedAt());
        writeOptions(json, webhook.options());
        json.writeStringField("signature", webhook.signature().wireName());
        writeHeaders(json, webhook.options());
        writeHealth(json, health, lastDay);
        json.writeEndObject();
    }

    private static void writeOptions(JsonGenerator json, WebhookOptions options) throws IOException {
        Members.stringsOrNull(json, "agent_ids", options.agentIds(), Function.identity());
        Members.stringsOrNull(json, "directions", options.directions(), Direction::wireName);
        json.writeNumberField("timeout_seconds", options.timeout().toSeconds());
        json.writeArrayFieldStart("retry_schedule");
        for (var pause : options.retrySchedule()) {
            json.writeNumber(pause.toSeconds());
        }
        json.writeEndArray();
        json.writeStringField("ordering", options.ordering().wireName());
        json.writeNumberField("max_in_flight", options.maxInFlight());
        Members.integer(json, "rate_limit", options.rateLimit());
        Members.integer(json, "max_body_bytes", options.maxBodyBytes());
    }

    private static void writeHeaders(JsonGenerator json, WebhookOptions options) throws IOException {
        json.writeObjectFieldStart("headers");
        for (String name : options.headers().keySet()) {
            json.writeStringField(name, MASK);
        }
        json.writeEndObject();
    }

    private static void writeHealth(JsonGenerator json, EndpointHealth health, Attempts lastDay) throws IOException {
        json.writeObjectFieldStart("health");
        json.writeStringField("state", health.state().wireName());
        json.writeNumberField("waiting", health.waiting());
        json.writeNumberField("consecutive_failures", health.consecutiveFailures());
        Members.time(json, "last_success_at", health.lastSuccessAt());
        Members.time(json, "last_failure_at", health.lastFailureAt());
        json.writeStringField("last_error", health.lastError());
        Members.number(json, "success_rate", lastDay.successRate());
        json.writeEndObject();
    }
}
