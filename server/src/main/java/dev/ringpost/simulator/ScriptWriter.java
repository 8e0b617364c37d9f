package dev.ringpost.simulator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.call.Json;
import dev.ringpost.call.Recording;
import dev.ringpost.call.Report;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Writes a {@link Script} down in order of time. Everything it is told is in real time; the script is as fast as asked. */
final class ScriptWriter {
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Duration A_YEAR = Duration.ofDays(365);

    private final Instant start;
    private final double speed;
    private final List<Script.Step> steps = new ArrayList<>();
    private final List<Said> said = new ArrayList<>();
    private Json messages = new Json("[]");
    private Duration now = Duration.ZERO;
    private Duration connectedAt = Duration.ZERO;

    ScriptWriter(Instant start, double speed) {
        this.start = start;
        this.speed = speed;
    }

    ScriptWriter pause(long millis) {
        now = now.plusNanos(Math.round(millis * 1e6 / speed));
        return this;
    }

    ScriptWriter report(Function<Instant, Report> report) {
        steps.add(new Script.Step(now, report.apply(start.plus(now))));
        return this;
    }

    ScriptWriter connect() {
        connectedAt = now;
        return report(Report.Connected::new);
    }

    /** Says the lines; what was said so far is reported after each. */
    ScriptWriter talk(List<Line> lines) {
        for (Line line : lines) {
            Instant begun = start.plus(now);
            pause(line.length().toMillis());
            said.add(new Said(line, begun));
            messages = json(said);
            report(at -> new Report.TranscriptSaid(at, messages, false));
        }
        return pause(800);
    }

    /** What was said before this script. */
    void heard(Json transcript) {
        messages = transcript;
    }

    ScriptWriter end(String reason) {
        return report(at -> new Report.Ended(at, reason, null, false, null, null));
    }

    /** What comes after the end: the whole transcript, the recording, the analysis. */
    ScriptWriter aftermath(String outcome, String summary, String data) {
        Duration talk = now.minus(connectedAt);
        pause(700).report(at -> new Report.TranscriptSaid(at, messages, true));
        pause(1_500).report(at -> new Report.RecordingReady(at, recording(at, talk)));
        return pause(1_800).report(at -> new Report.Analyzed(at, outcome, summary, new Json(data)));
    }

    Script script() {
        return new Script(steps);
    }

    private static Recording recording(Instant at, Duration length) {
        return new Recording(
                "https://recordings.example.com/" + at.toEpochMilli() + ".mp3",
                length.isZero() ? null : length.toMillis() / 1000.0,
                "mp3",
                at.plus(A_YEAR));
    }

    private static Json json(List<Said> said) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (Said one : said) {
                json.writeStartObject();
                json.writeStringField("role", one.line.speaker().name().toLowerCase(Locale.ROOT));
                json.writeStringField("content", one.line.words());
                json.writeStringField("at", TIME.format(one.at));
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return new Json(text.toString());
    }

    private record Said(Line line, Instant at) {}
}
