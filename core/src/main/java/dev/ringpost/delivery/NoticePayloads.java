package dev.ringpost.delivery;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.call.EventType;
import dev.ringpost.id.IdKind;
import dev.ringpost.id.PublicIds;
import dev.ringpost.webhook.Webhook;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * Writes what the operator gets: flat JSON in UTF-8, the fields of every notice first and then its own. Safe for use by
 * many threads.
 */
public final class NoticePayloads {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final JsonFactory json = new JsonFactory();
    private final PublicIds ids;

    public NoticePayloads(PublicIds ids) {
        this.ids = ids;
    }

    public static EventType typeOf(Notice notice) {
        return switch (notice) {
            case Notice.Disabled _ -> EventType.WEBHOOK_DISABLED;
            case Notice.Failing _ -> EventType.WEBHOOK_FAILING;
            case Notice.Recovered _ -> EventType.WEBHOOK_RECOVERED;
            case Notice.Exhausted _ -> EventType.DELIVERY_EXHAUSTED;
        };
    }

    /**
     * @param eventNo the notice's own number
     * @param suppressed how many of the same kind and account were left out before it
     */
    public byte[] write(long eventNo, Instant createdAt, Notice notice, long suppressed) {
        return write(eventNo, createdAt, notice, suppressed, false);
    }

    /** A sample, about the endpoint that it goes to; it also carries {@code test: true}. */
    public byte[] writeTest(EventType type, long eventNo, Instant createdAt, Webhook endpoint) {
        return write(eventNo, createdAt, sample(type, eventNo, endpoint), 0, true);
    }

    private static Notice sample(EventType type, long eventNo, Webhook endpoint) {
        String error = "connect: refused by 192.0.2.1:443";
        return switch (type) {
            case WEBHOOK_DISABLED -> new Notice.Disabled(endpoint.disabled("410 Gone", endpoint.updatedAt()));
            case WEBHOOK_FAILING -> new Notice.Failing(endpoint, 5, error);
            case WEBHOOK_RECOVERED -> new Notice.Recovered(endpoint);
            case DELIVERY_EXHAUSTED ->
                new Notice.Exhausted(
                        endpoint,
                        new Delivery(eventNo, endpoint.no(), endpoint.account(), eventNo, 3, EventType.CALL_ENDED),
                        10,
                        error);
            case CALL_STARTED,
                    CALL_ENDED,
                    CALL_ANALYZED,
                    CALL_FAILED,
                    CALL_RECORDING_AVAILABLE,
                    TRANSCRIPT_PARTIAL,
                    TRANSCRIPT_FINAL -> throw new IllegalArgumentException(type + " is an event of a call");
        };
    }

    private byte[] write(long eventNo, Instant createdAt, Notice notice, long suppressed, boolean test) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = json.createGenerator(bytes, JsonEncoding.UTF8)) {
            out.writeStartObject();
            out.writeStringField("id", ids.event(eventNo));
            out.writeStringField("event", typeOf(notice).wireName());
            out.writeStringField("created_at", TIME.format(createdAt));
            endpoint(out, notice.webhook());
            out.writeNumberField("suppressed", suppressed);
            if (test) {
                out.writeBooleanField("test", true);
            }
            own(out, notice);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can always be written", e);
        }
        return bytes.toByteArray();
    }

    private void endpoint(JsonGenerator out, Webhook webhook) throws IOException {
        out.writeStringField("account_id", ids.format(IdKind.ACCOUNT, webhook.account()));
        out.writeStringField("webhook_id", ids.webhook(webhook.no()));
        out.writeStringField("name", webhook.name());
        out.writeStringField("url", webhook.url());
        out.writeStringField("kind", webhook.kind().wireName());
    }

    private void own(JsonGenerator out, Notice notice) throws IOException {
        switch (notice) {
            case Notice.Disabled disabled ->
                out.writeStringField("reason", disabled.webhook().disabledReason());
            case Notice.Failing failing -> {
                out.writeNumberField("consecutive_failures", failing.failures());
                out.writeStringField("error", failing.error());
            }
            case Notice.Recovered _ -> {}
            case Notice.Exhausted exhausted -> {
                Delivery delivery = exhausted.delivery();
                out.writeStringField("delivery_id", ids.delivery(delivery.event(), delivery.endpoint()));
                out.writeStringField("event_id", ids.event(delivery.event()));
                out.writeStringField("event_type", delivery.type().wireName());
                out.writeStringField("call_id", ids.call(delivery.call()));
                out.writeNumberField("attempts", exhausted.attempts());
                out.writeStringField("error", exhausted.error());
            }
        }
    }
}
