package dev.ringpost.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.ringpost.id.PublicIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes that receivers rely on. A difference here is a breaking change of the payloads. */
class PayloadsTest {
    private static final PublicIds IDS = new PublicIds(new byte[32]);
    private static final Payloads PAYLOADS = new Payloads(IDS);
    private static final Instant CREATED = Instant.parse("2026-03-01T10:00:00.120Z");
    private static final Instant START = Instant.parse("2026-03-01T09:59:00Z");
    private static final Instant END = Instant.parse("2026-03-01T09:59:42.5Z");
    private static final long EVENT = 7_000_000_000_000L;
    private static final long CALL = 6_000_000_000_000L;

    private static Call call(CallSpec spec) {
        return Call.create(CALL, 1, spec, START);
    }

    private static CallSpec spec(@Nullable String externalId, @Nullable String to, @Nullable String from) {
        return new CallSpec(
                externalId,
                "agent-1",
                to == null ? Direction.WEB : Direction.OUTBOUND,
                from,
                to,
                null,
                new Json("{\"secret\":\"variable\"}"),
                Json.EMPTY_OBJECT,
                new Json("{\"b\":[1,2.50],\"a\":\"\u00fc\"}"),
                null);
    }

    static Stream<Arguments> events() {
        Json messages = new Json("[{\"role\":\"agent\",\"content\":\"Hi \ud83d\ude00\",\"at\":null}]");
        return Stream.of(
                Arguments.of(
                        new CallEvent.Started(START), "call.started", "\"started_at\":\"2026-03-01T09:59:00.000Z\""),
                Arguments.of(new CallEvent.Started(null), "call.started", "\"started_at\":null"),
                Arguments.of(
                        new CallEvent.Ended(START, END, 42.5, "caller_hangup", "booked", "A \"table\".\n"),
                        "call.ended",
                        "\"status\":\"completed\",\"started_at\":\"2026-03-01T09:59:00.000Z\","
                                + "\"ended_at\":\"2026-03-01T09:59:42.500Z\",\"duration_seconds\":42.5,"
                                + "\"end_reason\":\"caller_hangup\",\"outcome\":\"booked\","
                                + "\"summary\":\"A \\\"table\\\".\\n\""),
                Arguments.of(
                        new CallEvent.Ended(null, END, null, null, null, null),
                        "call.ended",
                        "\"status\":\"completed\",\"started_at\":null,\"ended_at\":\"2026-03-01T09:59:42.500Z\","
                                + "\"duration_seconds\":null,\"end_reason\":null,\"outcome\":null,\"summary\":null"),
                Arguments.of(
                        new CallEvent.Analyzed("booked", null, new Json("{\"party\":2}")),
                        "call.analyzed",
                        "\"outcome\":\"booked\",\"summary\":null,\"analysis\":{\"party\":2}"),
                Arguments.of(
                        new CallEvent.Analyzed(null, "s", null),
                        "call.analyzed",
                        "\"outcome\":null,\"summary\":\"s\",\"analysis\":null"),
                Arguments.of(
                        new CallEvent.Failed("no_answer", END),
                        "call.failed",
                        "\"status\":\"failed\",\"failure_reason\":\"no_answer\","
                                + "\"ended_at\":\"2026-03-01T09:59:42.500Z\""),
                Arguments.of(
                        new CallEvent.RecordingAvailable(new Recording("https://r.example/1.mp3", 12.0, "mp3", END)),
                        "call.recording.available",
                        "\"recording_url\":\"https://r.example/1.mp3\",\"recording_duration_seconds\":12,"
                                + "\"recording_format\":\"mp3\","
                                + "\"recording_expires_at\":\"2026-03-01T09:59:42.500Z\""),
                Arguments.of(
                        new CallEvent.RecordingAvailable(new Recording("https://r.example/1.mp3", null, null, null)),
                        "call.recording.available",
                        "\"recording_url\":\"https://r.example/1.mp3\",\"recording_duration_seconds\":null,"
                                + "\"recording_format\":null,\"recording_expires_at\":null"),
                Arguments.of(
                        new CallEvent.PartialTranscript(messages),
                        "transcript.partial",
                        "\"messages\":" + messages.text()),
                Arguments.of(
                        new CallEvent.FinalTranscript(messages),
                        "transcript.final",
                        "\"messages\":" + messages.text()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void theExactBytes(CallEvent event, String name, String own) {
        byte[] payload = PAYLOADS.write(
                call(spec("ext-1", "+14155550123", "+14155550100")), EVENT, CREATED, new Transition.Fired(3, event));
        assertThat(new String(payload, StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"" + IDS.event(EVENT) + "\",\"event\":\"" + name
                        + "\",\"created_at\":\"2026-03-01T10:00:00.120Z\",\"sequence\":3,\"call_id\":\""
                        + IDS.call(CALL)
                        + "\",\"external_id\":\"ext-1\",\"agent_id\":\"agent-1\",\"direction\":\"outbound\","
                        + "\"to_number\":\"+14155550123\",\"from_number\":\"+14155550100\","
                        + "\"metadata\":{\"b\":[1,2.50],\"a\":\"\u00fc\"}," + own + "}");
    }

    @Test
    void aWebCallHasNoNumbers() {
        byte[] payload = PAYLOADS.write(
                call(spec(null, null, null)), EVENT, CREATED, new Transition.Fired(1, new CallEvent.Started(START)));
        assertThat(new String(payload, StandardCharsets.UTF_8))
                .contains("\"external_id\":null", "\"direction\":\"web\"")
                .contains("\"to_number\":null,\"from_number\":null");
    }

    @Test
    void oddTextAndNumbersAreStillJson() throws IOException {
        CallEvent event = new CallEvent.Ended(
                START.plusNanos(999_999), END, 1e-7, "lone \ud800 and \u0000 and \u2028", null, null);
        byte[] payload = PAYLOADS.write(
                call(spec("\ud83d\ude00", "+14155550123", "sip:x")), EVENT, CREATED, new Transition.Fired(1, event));
        assertIsJson(payload);
        assertThat(new String(payload, StandardCharsets.UTF_8)).contains("\"started_at\":\"2026-03-01T09:59:00.000Z\"");
    }

    @ParameterizedTest
    @FieldSource("dev.ringpost.call.EventType#OF_CALLS")
    void aTestDeliveryIsMarkedAndComplete(EventType type) throws IOException {
        byte[] payload = PAYLOADS.writeTest(type, EVENT, CREATED);
        assertIsJson(payload);
        assertThat(new String(payload, StandardCharsets.UTF_8))
                .startsWith("{\"id\":\"" + IDS.event(EVENT) + "\",\"event\":\"" + type.wireName() + "\"")
                .contains("\"test\":true,")
                .doesNotContain("null");
    }

    private static void assertIsJson(byte[] payload) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(payload)) {
            while (parser.nextToken() != null) {
                parser.getText();
            }
        }
    }
}
