package dev.ringpost.sqlite;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallFacts;
import dev.ringpost.call.CallProgress;
import dev.ringpost.call.CallSpec;
import dev.ringpost.call.CallWebhook;
import dev.ringpost.call.Direction;
import dev.ringpost.call.EventType;
import dev.ringpost.call.Json;
import dev.ringpost.call.Recording;
import dev.ringpost.call.Report;
import dev.ringpost.call.Transcript;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of a call that nothing is searched by, as JSON. The names are in the database: they never change. */
final class CallJson {
    private @Nullable String externalId;
    private Direction direction = Direction.OUTBOUND;
    private @Nullable String from;
    private @Nullable String to;
    private @Nullable Instant scheduledAt;
    private Json variables = Json.EMPTY_OBJECT;
    private Json overrides = Json.EMPTY_OBJECT;
    private Json metadata = Json.EMPTY_OBJECT;
    private @Nullable CallWebhook webhook;

    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private @Nullable Double duration;
    private @Nullable String endReason;
    private @Nullable String failureReason;
    private @Nullable String outcome;
    private boolean outcomeSet;
    private @Nullable String summary;
    private @Nullable Json analysis;
    private @Nullable Recording recording;
    private @Nullable Transcript transcript;

    private int next;
    private long lastEvent;
    private int livePartial;
    private boolean endedFired;
    private @Nullable Instant endedWaits;
    private boolean stopRequested;
    private Map<String, Long> fingerprints = Map.of();
    private List<Report> held = List.of();

    private CallJson() {}

    static byte[] write(Call call) {
        return JsonSink.write(sink -> {
            writeSpec(sink, call.spec());
            writeFacts(sink, call.facts());
            writeProgress(sink, call.progress());
        });
    }

    static CallJson read(byte[] details) {
        CallJson json = new CallJson();
        JsonSource.read(details, json::field);
        return json;
    }

    CallSpec spec(String agentId) {
        return new CallSpec(
                externalId, agentId, direction, from, to, scheduledAt, variables, overrides, metadata, webhook);
    }

    CallFacts facts() {
        return new CallFacts(
                startedAt,
                endedAt,
                duration,
                endReason,
                failureReason,
                outcome,
                outcomeSet,
                summary,
                analysis,
                recording,
                transcript);
    }

    CallProgress progress() {
        return new CallProgress(
                next, lastEvent, livePartial, endedFired, endedWaits, stopRequested, fingerprints, held);
    }

    private static void writeSpec(JsonSink sink, CallSpec spec) throws IOException {
        sink.text("external_id", spec.externalId());
        sink.text("direction", spec.direction().wireName());
        sink.text("from", spec.fromNumber());
        sink.text("to", spec.toNumber());
        sink.time("scheduled", spec.scheduledAt());
        writeUnlessEmpty(sink, "variables", spec.variables());
        writeUnlessEmpty(sink, "overrides", spec.overrides());
        writeUnlessEmpty(sink, "metadata", spec.metadata());
        CallWebhook webhook = spec.webhook();
        if (webhook != null) {
            sink.object("webhook", body -> {
                body.text("url", webhook.url());
                body.text("mode", webhook.mode().wireName());
                body.number("events", EventType.mask(webhook.events()));
                body.number("endpoint", webhook.endpoint());
            });
        }
    }

    private static void writeUnlessEmpty(JsonSink sink, String name, Json value) throws IOException {
        sink.raw(name, value.equals(Json.EMPTY_OBJECT) ? null : value);
    }

    private static void writeFacts(JsonSink sink, CallFacts facts) throws IOException {
        sink.time("started", facts.startedAt());
        sink.time("ended", facts.endedAt());
        sink.decimal("duration", facts.durationSeconds());
        sink.text("end_reason", facts.endReason());
        sink.text("failure_reason", facts.failureReason());
        sink.text("outcome", facts.outcome());
        sink.flag("outcome_set", facts.outcomeSetByUser());
        sink.text("summary", facts.summary());
        sink.raw("analysis", facts.analysis());
        Recording recording = facts.recording();
        if (recording != null) {
            ReportJson.writeRecording(sink, recording);
        }
        switch (facts.transcript()) {
            case null -> {}
            case Transcript.InEvent in -> sink.number("messages_in", in.event());
            case Transcript.Kept kept -> sink.raw("messages", kept.messages());
        }
    }

    private static void writeProgress(JsonSink sink, CallProgress progress) throws IOException {
        sink.number("next", progress.nextSequence());
        sink.number("last_event", progress.lastEvent());
        sink.number("live_partial", progress.livePartial());
        sink.flag("ended_fired", progress.endedFired());
        sink.time("ended_waits", progress.endedWaitsUntil());
        sink.flag("stop_requested", progress.stopRequested());
        sink.numbers("fingerprints", progress.fingerprints());
        sink.list("held", progress.held(), ReportJson::write);
    }

    private void field(String name, JsonSource value) throws IOException {
        switch (name) {
            case "external_id" -> externalId = value.text();
            case "direction" -> direction = Direction.valueOf(value.text().toUpperCase(Locale.ROOT));
            case "from" -> from = value.text();
            case "to" -> to = value.text();
            case "scheduled" -> scheduledAt = value.time();
            case "variables" -> variables = value.raw();
            case "overrides" -> overrides = value.raw();
            case "metadata" -> metadata = value.raw();
            case "webhook" -> webhook = readWebhook(value);
            case "started" -> startedAt = value.time();
            case "ended" -> endedAt = value.time();
            case "duration" -> duration = value.decimal();
            case "end_reason" -> endReason = value.text();
            case "failure_reason" -> failureReason = value.text();
            case "outcome" -> outcome = value.text();
            case "outcome_set" -> outcomeSet = value.flag();
            case "summary" -> summary = value.text();
            case "analysis" -> analysis = value.raw();
            case "recording" -> recording = ReportJson.readRecording(value);
            case "messages_in" -> transcript = new Transcript.InEvent(value.number());
            case "messages" -> transcript = new Transcript.Kept(value.raw());
            default -> progressField(name, value);
        }
    }

    private void progressField(String name, JsonSource value) throws IOException {
        switch (name) {
            case "next" -> next = value.small();
            case "last_event" -> lastEvent = value.number();
            case "live_partial" -> livePartial = value.small();
            case "ended_fired" -> endedFired = value.flag();
            case "ended_waits" -> endedWaits = value.time();
            case "stop_requested" -> stopRequested = value.flag();
            case "fingerprints" -> fingerprints = value.numbers();
            case "held" -> held = value.list(ReportJson::read);
            default -> {}
        }
    }

    private static CallWebhook readWebhook(JsonSource source) throws IOException {
        WebhookFields fields = new WebhookFields();
        source.object(fields::field);
        return new CallWebhook(fields.url, fields.mode, EventType.ofMask(fields.events), fields.endpoint);
    }

    private static final class WebhookFields {
        private String url = "";
        private CallWebhook.Mode mode = CallWebhook.Mode.INSTEAD;
        private int events;
        private long endpoint;

        private void field(String name, JsonSource value) throws IOException {
            switch (name) {
                case "url" -> url = value.text();
                case "mode" -> mode = CallWebhook.Mode.valueOf(value.text().toUpperCase(Locale.ROOT));
                case "events" -> events = value.small();
                case "endpoint" -> endpoint = value.number();
                default -> {}
            }
        }
    }
}
