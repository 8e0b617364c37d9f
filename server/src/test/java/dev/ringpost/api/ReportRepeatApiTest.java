package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.store.ApiKey.Scope;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a report does that was said before, or is said otherwise now. */
class ReportRepeatApiTest {
    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private static final String RECORDING = "{'type': 'recording', 'url': 'https://r.example/1'}";
    private static final String FINAL = "{'type': 'transcript', 'final': true, 'messages': []}";
    private static final String ANALYSIS = "{'type': 'analysis', 'outcome': 'x', 'summary': 'y', 'data': [1, 2]}";

    private ReportedCall call;

    @BeforeEach
    void newCall() {
        call = ReportedCall.outbound(rig.newAccount(Scope.FULL));
    }

    @ParameterizedTest
    @ValueSource(strings = {RECORDING, FINAL, ANALYSIS})
    void theSameReportAgainChangesNothingWhateverItsTime(String report) {
        call.report("{'type': 'ended', 'outcome': null}").expect(200);
        assertThat(call.fires(report)).hasSize(1);
        JsonNode before = call.get().json();
        assertThat(call.fires(report)).isEmpty();
        assertThat(call.fires(report.replace("{'type'", "{'at': '2026-01-01T10:00:00Z', 'type'")))
                .isEmpty();
        assertThat(call.fires(report.replace("{'type'", "{'idempotency_key': 'k', 'type'")))
                .isEmpty();
        assertThat(call.get().json()).isEqualTo(before);
    }

    @Test
    void aKnownKeyChangesNothingWhateverTheReportSays() {
        call.report("{'type': 'ended', 'outcome': null}").expect(200);
        assertThat(call.fires("{'type': 'analysis', 'outcome': 'a', 'summary': null, 'idempotency_key': 'k'}"))
                .containsExactly("call.analyzed");
        JsonNode before = call.get().json();
        assertThat(call.fires("{'type': 'analysis', 'outcome': 'b', 'summary': null, 'idempotency_key': 'k'}"))
                .isEmpty();
        assertThat(call.get().json()).isEqualTo(before);
        ReportedCall other = ReportedCall.outbound(call.api());
        assertThat(other.fires("{'type': 'connected', 'idempotency_key': 'k'}"))
                .as("known for that call only")
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type': 'recording', 'url': 'https://r.example/2'} | call.recording.available | /recording_url | https://r.example/2",
                "{'type': 'transcript', 'final': true, 'messages': [{'role': 'user', 'content': 'Yes'}]} | transcript.final | /messages/0/content | Yes",
                "{'type': 'analysis', 'outcome': 'x', 'summary': 'z', 'data': null} | call.analyzed | /summary | z",
            })
    void aDifferentOneReplacesAndFiresAgain(String report, String event, String pointer, String value) {
        for (String first : List.of("{'type': 'ended', 'outcome': null}", RECORDING, FINAL, ANALYSIS)) {
            call.report(first).expect(200);
        }
        JsonNode before = call.payload(event);
        assertThat(call.fires(report)).containsExactly(event);
        JsonNode after = call.payload(event);
        assertThat(after.get("id")).isNotEqualTo(before.get("id"));
        assertThat(after.get("sequence").asInt()).isEqualTo(6);
        assertThat(call.get().text(pointer)).isEqualTo(value);
    }

    @Test
    void aSecondEndedFillsWhatIsNullAndFiresNothing() {
        call.report("{'type': 'transcript', 'final': false, 'messages': []}").expect(200);
        call.report("{'type': 'ended', 'at': '2026-01-01T10:01:00Z', 'outcome': null}")
                .expect(200);
        assertThat(call.fires("{'type': 'ended', 'at': '2026-01-01T11:00:00Z', 'end_reason': 'caller_hung_up',"
                        + " 'duration_seconds': 30, 'outcome': 'o', 'summary': 's'}"))
                .isEmpty();
        Answer filled = call.get();
        assertThat(filled.text("/end_reason")).isEqualTo("caller_hung_up");
        assertThat(filled.text("/started_at")).isEqualTo("2026-01-01T10:00:30.000Z");
        assertThat(filled.text("/ended_at")).isEqualTo("2026-01-01T10:01:00.000Z");
        assertThat(filled.json().get("duration_seconds").asDouble()).isEqualTo(30);
        assertThat(filled.text("/outcome")).isEqualTo("o");
        assertThat(filled.text("/summary")).isEqualTo("s");
        assertThat(call.fires("{'type': 'ended', 'end_reason': 'other', 'duration_seconds': 1, 'outcome': 'p'}"))
                .isEmpty();
        Answer again = call.get();
        assertThat(again.text("/end_reason")).isEqualTo("caller_hung_up");
        assertThat(again.text("/outcome")).isEqualTo("o");
        assertThat(again.json().get("duration_seconds").asDouble()).isEqualTo(30);
    }

    @Test
    void aDurationIsNeverNegative() {
        call.report("{'type': 'connected', 'at': '2026-01-01T10:05:00Z'}").expect(200);
        call.report("{'type': 'ended', 'at': '2026-01-01T10:01:00Z', 'outcome': null}")
                .expect(200);
        assertThat(call.get().json().get("duration_seconds").asDouble()).isZero();
        assertThat(call.payload("call.ended").get("duration_seconds").asDouble())
                .isZero();
        assertThat(call.report("{'type': 'ended', 'duration_seconds': -1}")
                        .expect(422)
                        .faults())
                .containsOnlyKeys("/duration_seconds");
    }

    @Test
    void anEventsCreatedAtIsWhenItWasMadeWhateverAtSays() {
        call.report("{'type': 'connected', 'at': '2001-01-01T10:05:00+02:00'}").expect(200);
        JsonNode started = call.payload("call.started");
        assertThat(started.get("started_at").asText()).isEqualTo("2001-01-01T08:05:00.000Z");
        assertThat(started.get("created_at").asText()).isGreaterThan("2025");
    }
}
