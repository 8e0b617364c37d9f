package dev.ringpost.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ringpost.api.problem.Fault;
import dev.ringpost.api.problem.Problem;
import java.io.IOException;

/** The members of a problem document (RFC 9457, section 3.1). */
public final class ProblemJson {
    private ProblemJson() {}

    public static void write(JsonGenerator json, Problem problem) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", problem.type().uri());
        json.writeStringField("title", problem.type().title());
        json.writeNumberField("status", problem.type().status());
        json.writeStringField("detail", wellFormed(problem.detail()));
        if (!problem.faults().isEmpty()) {
            json.writeArrayFieldStart("errors");
            for (Fault fault : problem.faults()) {
                json.writeStartObject();
                json.writeStringField("pointer", wellFormed(fault.pointer()));
                json.writeStringField("message", wellFormed(fault.message()));
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** Quotes what was sent, so it may hold half of a surrogate pair, which UTF-8 can't: that becomes a question mark. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }
}
