package dev.ringpost.call;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.id.PublicIds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Writes the bytes that receivers get: flat JSON in UTF-8, the fields of every event first and then the event's own.
 * Times are RFC 3339 in UTC with milliseconds; what is not known is null and never left out. Safe for use by many
 * threads.
 */
public final class Payloads {
    static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final int COMMON_BYTES = 1024;
    /** Below it every integral double is exact as a long. */
    private static final double EXACT_INTEGERS = 1L << 53;

    private final JsonFactory json = new JsonFactory();
    private final PublicIds ids;
    private final Samples samples = new Samples();

    public Payloads(PublicIds ids) {
        this.ids = ids;
    }

    /**
     * @param eventNo the event's number
     * @param createdAt when Ringpost made the event
     */
    public byte[] write(Call call, long eventNo, Instant createdAt, Transition.Fired fired) {
        return write(call, eventNo, createdAt, fired, false);
    }

    /** A sample of the event for a test delivery: it also carries {@code test: true}, and no stored call is behind it. */
    public byte[] writeTest(EventType type, long eventNo, Instant createdAt) {
        Samples.Sample sample = samples.of(type, eventNo, createdAt);
        return write(sample.call(), eventNo, createdAt, sample.fired(), true);
    }

    private byte[] write(Call call, long eventNo, Instant createdAt, Transition.Fired fired, boolean test) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(COMMON_BYTES + rawLength(call, fired.event()));
        try (JsonGenerator out = json.createGenerator(bytes, JsonEncoding.UTF8)) {
            out.writeStartObject();
            out.writeStringField("id", ids.event(eventNo));
            out.writeStringField("event", fired.event().type().wireName());
            time(out, "created_at", createdAt);
            out.writeNumberField("sequence", fired.sequence());
            call(out, call);
            if (test) {
                out.writeBooleanField("test", true);
            }
            own(out, fired.event());
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Event " + eventNo + " of call " + call.no() + " can't be written", e);
        }
        return bytes.toByteArray();
    }

    private void call(JsonGenerator out, Call call) throws IOException {
        CallSpec spec = call.spec();
        out.writeStringField("call_id", ids.call(call.no()));
        out.writeStringField("external_id", spec.externalId());
        out.writeStringField("agent_id", spec.agentId());
        out.writeStringField("direction", spec.direction().wireName());
        out.writeStringField("to_number", spec.toNumber());
        out.writeStringField("from_number", spec.fromNumber());
        raw(out, "metadata", spec.metadata());
    }

    private static void own(JsonGenerator out, CallEvent event) throws IOException {
        switch (event) {
            case CallEvent.Started started -> time(out, "started_at", started.startedAt());
            case CallEvent.Ended ended -> ended(out, ended);
            case CallEvent.Analyzed analyzed -> {
                out.writeStringField("outcome", analyzed.outcome());
                out.writeStringField("summary", analyzed.summary());
                raw(out, "analysis", analyzed.analysis());
            }
            case CallEvent.Failed failed -> {
                out.writeStringField("status", CallStatus.FAILED.wireName());
                out.writeStringField("failure_reason", failed.failureReason());
                time(out, "ended_at", failed.endedAt());
            }
            case CallEvent.RecordingAvailable available -> recording(out, available.recording());
            case CallEvent.PartialTranscript partial -> raw(out, "messages", partial.messages());
            case CallEvent.FinalTranscript whole -> raw(out, "messages", whole.messages());
        }
    }

    private static void ended(JsonGenerator out, CallEvent.Ended ended) throws IOException {
        out.writeStringField("status", CallStatus.COMPLETED.wireName());
        time(out, "started_at", ended.startedAt());
        time(out, "ended_at", ended.endedAt());
        seconds(out, "duration_seconds", ended.durationSeconds());
        out.writeStringField("end_reason", ended.endReason());
        out.writeStringField("outcome", ended.outcome());
        out.writeStringField("summary", ended.summary());
    }

    private static void recording(JsonGenerator out, Recording recording) throws IOException {
        out.writeStringField("recording_url", recording.url());
        seconds(out, "recording_duration_seconds", recording.durationSeconds());
        out.writeStringField("recording_format", recording.format());
        time(out, "recording_expires_at", recording.expiresAt());
    }

    private static void time(JsonGenerator out, String field, @Nullable Instant time) throws IOException {
        out.writeStringField(field, time == null ? null : TIME.format(time));
    }

    private static void seconds(JsonGenerator out, String field, @Nullable Double seconds) throws IOException {
        if (seconds == null || !Double.isFinite(seconds)) {
            out.writeNullField(field);
        } else if (seconds == Math.rint(seconds) && Math.abs(seconds) < EXACT_INTEGERS) {
            out.writeNumberField(field, seconds.longValue());
        } else {
            out.writeNumberField(field, seconds);
        }
    }

    private static void raw(JsonGenerator out, String field, @Nullable Json value) throws IOException {
        out.writeFieldName(field);
        if (value == null) {
            out.writeNull();
        } else {
            out.writeRawValue(value.text());
        }
    }

    /** Of the parts that can be large, so that the buffer seldom grows. */
    private static int rawLength(Call call, CallEvent event) {
        Json large = switch (event) {
            case CallEvent.PartialTranscript partial -> partial.messages();
            case CallEvent.FinalTranscript whole -> whole.messages();
            case CallEvent.Analyzed analyzed -> analyzed.analysis();
            case CallEvent.Started _, CallEvent.Ended _, CallEvent.Failed _, CallEvent.RecordingAvailable _ -> null;
        };
        return call.spec().metadata().text().length()
                + (large == null ? 0 : large.text().length());
    }
}
