package dev.ringpost.sqlite;

import dev.ringpost.call.Json;
import dev.ringpost.call.Recording;
import dev.ringpost.call.Report;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A report that a call holds back, as JSON. The names are in the database: they never change. */
final class ReportJson {
    private String type = "";
    private Instant at = Instant.EPOCH;
    private @Nullable String reason;
    private @Nullable Double duration;
    private boolean hasResult;
    private @Nullable String outcome;
    private @Nullable String summary;
    private @Nullable Recording recording;
    private Json messages = new Json("[]");
    private boolean last;
    private @Nullable Json data;

    private ReportJson() {}

    static void write(JsonSink sink, Report report) throws IOException {
        sink.time("at", report.at());
        switch (report) {
            case Report.Initiated _ -> sink.text("type", "initiated");
            case Report.Connected _ -> sink.text("type", "connected");
            case Report.Ended ended -> {
                sink.text("type", "ended");
                sink.text("reason", ended.endReason());
                sink.decimal("duration", ended.durationSeconds());
                sink.flag("has_result", ended.hasResult());
                sink.text("outcome", ended.outcome());
                sink.text("summary", ended.summary());
            }
            case Report.Failed failed -> {
                sink.text("type", "failed");
                sink.text("reason", failed.reason());
            }
            case Report.RecordingReady ready -> {
                sink.text("type", "recording");
                writeRecording(sink, ready.recording());
            }
            case Report.TranscriptSaid said -> {
                sink.text("type", "transcript");
                sink.raw("messages", said.messages());
                sink.flag("last", said.last());
            }
            case Report.Analyzed analyzed -> {
                sink.text("type", "analysis");
                sink.text("outcome", analyzed.outcome());
                sink.text("summary", analyzed.summary());
                sink.raw("data", analyzed.data());
            }
            case Report.Stop _ -> sink.text("type", "stop");
            case Report.AnalysisWaitElapsed _ -> sink.text("type", "analysis_wait_elapsed");
            case Report.Taken _ -> sink.text("type", "taken");
            case Report.EngineUnavailable _ -> sink.text("type", "engine_unavailable");
            case Report.Lost _ -> sink.text("type", "lost");
        }
    }

    static Report read(JsonSource source) throws IOException {
        ReportJson json = new ReportJson();
        source.object(json::field);
        return json.report();
    }

    static void writeRecording(JsonSink sink, Recording recording) throws IOException {
        sink.object("recording", body -> {
            body.text("url", recording.url());
            body.decimal("duration", recording.durationSeconds());
            body.text("format", recording.format());
            body.time("expires", recording.expiresAt());
        });
    }

    static Recording readRecording(JsonSource source) throws IOException {
        RecordingFields fields = new RecordingFields();
        source.object(fields::field);
        return new Recording(fields.url, fields.duration, fields.format, fields.expires);
    }

    private void field(String name, JsonSource value) throws IOException {
        switch (name) {
            case "type" -> type = value.text();
            case "at" -> at = value.time();
            case "reason" -> reason = value.text();
            case "duration" -> duration = value.decimal();
            case "has_result" -> hasResult = value.flag();
            case "outcome" -> outcome = value.text();
            case "summary" -> summary = value.text();
            case "recording" -> recording = readRecording(value);
            case "messages" -> messages = value.raw();
            case "last" -> last = value.flag();
            case "data" -> data = value.raw();
            default -> {}
        }
    }

    private Report report() {
        return switch (type) {
            case "initiated" -> new Report.Initiated(at);
            case "connected" -> new Report.Connected(at);
            case "ended" -> new Report.Ended(at, reason, duration, hasResult, outcome, summary);
            case "failed" -> new Report.Failed(at, reason == null ? "" : reason);
            case "recording" ->
                new Report.RecordingReady(at, recording == null ? new Recording("", null, null, null) : recording);
            case "transcript" -> new Report.TranscriptSaid(at, messages, last);
            case "analysis" -> new Report.Analyzed(at, outcome, summary, data);
            case "stop" -> new Report.Stop(at);
            case "analysis_wait_elapsed" -> new Report.AnalysisWaitElapsed(at);
            case "taken" -> new Report.Taken(at);
            case "engine_unavailable" -> new Report.EngineUnavailable(at);
            case "lost" -> new Report.Lost(at);
            default -> throw new IllegalStateException("A stored call holds a report of unknown type " + type);
        };
    }

    private static final class RecordingFields {
        private String url = "";
        private @Nullable Double duration;
        private @Nullable String format;
        private @Nullable Instant expires;

        private void field(String name, JsonSource value) throws IOException {
            switch (name) {
                case "url" -> url = value.text();
                case "duration" -> duration = value.decimal();
                case "format" -> format = value.text();
                case "expires" -> expires = value.time();
                default -> {}
            }
        }
    }
}
