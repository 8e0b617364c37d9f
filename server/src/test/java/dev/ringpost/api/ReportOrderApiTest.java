package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.store.ApiKey.Scope;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** "Order holds whatever order reports come in", sentence by sentence. */
class ReportOrderApiTest {
    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private static final String CONNECTED = "{'type': 'connected', 'at': '2026-01-01T10:00:00Z'}";
    private static final String ENDED = "{'type': 'ended', 'at': '2026-01-01T10:01:00Z', 'outcome': null}";
    private static final String FAILED = "{'type': 'failed', 'reason': 'busy', 'at': '2026-01-01T10:00:30Z'}";
    private static final String PARTIAL =
            "{'type': 'transcript', 'final': false, 'messages': [{'role': 'agent', 'content': 'Hello', 'at': 't'}]}";
    private static final String FINAL =
            "{'type': 'transcript', 'final': true, 'messages': [{'role': 'agent', 'content': 'Bye'}]}";
    private static final String RECORDING = "{'type': 'recording', 'url': 'https://r.example/1.mp3',"
            + " 'duration_seconds': 12.5, 'format': 'mp3', 'expires_at': '2027-01-01T00:00:00Z'}";
    private static final String ANALYSIS =
            "{'type': 'analysis', 'outcome': 'booked', 'summary': 'Fine.', 'data': {'score': 1}}";

    private ReportedCall call;

    @BeforeEach
    void newCall() {
        call = ReportedCall.outbound(rig.newAccount(Scope.FULL));
    }

    @Test
    void initiatedChangesTheStatusOnly() {
        assertThat(call.get().text("/status")).isEqualTo("queued");
        assertThat(call.fires("{'type': 'initiated'}")).isEmpty();
        assertThat(call.get().text("/status")).isEqualTo("initiated");
    }

    @Test
    void aCallInGoodOrder() {
        assertThat(call.fires(CONNECTED)).containsExactly("call.started");
        assertThat(call.get().text("/status")).isEqualTo("in_progress");
        assertThat(call.fires(PARTIAL)).containsExactly("transcript.partial");
        assertThat(call.fires(ENDED)).containsExactly("call.ended");
        assertThat(call.fires(FINAL)).containsExactly("transcript.final");
        assertThat(call.fires(RECORDING)).containsExactly("call.recording.available");
        assertThat(call.fires(ANALYSIS)).containsExactly("call.analyzed");
        assertThat(call.payloads())
                .extracting(payload -> payload.get("sequence").asInt())
                .containsExactly(1, 2, 3, 4, 5, 6);
        Answer shown = call.get();
        assertThat(shown.text("/status")).isEqualTo("completed");
        assertThat(shown.text("/started_at")).isEqualTo("2026-01-01T10:00:00.000Z");
        assertThat(shown.text("/ended_at")).isEqualTo("2026-01-01T10:01:00.000Z");
        assertThat(shown.json().get("duration_seconds").asDouble()).isEqualTo(60);
        assertThat(shown.text("/messages/0/content")).isEqualTo("Bye");
        assertThat(shown.text("/recording_url")).isEqualTo("https://r.example/1.mp3");
        assertThat(shown.json().get("recording_duration_seconds").asDouble()).isEqualTo(12.5);
        assertThat(shown.text("/recording_format")).isEqualTo("mp3");
        assertThat(shown.text("/recording_expires_at")).isEqualTo("2027-01-01T00:00:00.000Z");
        assertThat(shown.text("/outcome")).isEqualTo("booked");
        assertThat(shown.text("/summary")).isEqualTo("Fine.");
        assertThat(shown.text("/analysis/score")).isEqualTo("1");
    }

    @Test
    void endedProvesThatTheCallConnected() {
        assertThat(call.fires(
                        "{'type': 'ended', 'at': '2026-01-01T10:01:00Z', 'duration_seconds': 60, 'outcome': null}"))
                .containsExactly("call.started", "call.ended");
        assertThat(call.payload("call.started").get("started_at").asText()).isEqualTo("2026-01-01T10:00:00.000Z");
        assertThat(call.payload("call.ended").get("started_at").asText()).isEqualTo("2026-01-01T10:00:00.000Z");
    }

    @Test
    void callStartedGoesAtOnceThoughCallEndedWaits() {
        assertThat(call.fires("{'type': 'ended'}")).containsExactly("call.started");
        assertThat(call.payload("call.started").get("started_at").isNull()).isTrue();
    }

    @Test
    void aPartialProvesThatTheCallConnected() {
        assertThat(call.fires(PARTIAL)).containsExactly("call.started", "transcript.partial");
        assertThat(call.payload("call.started").get("started_at").isNull()).isTrue();
        assertThat(call.get().text("/status")).isEqualTo("in_progress");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connected", "initiated"})
    void aLateStartFiresNothingAndFillsItsTime(String type) {
        call.report(PARTIAL).expect(200);
        assertThat(call.fires("{'type': '" + type + "', 'at': '2026-01-01T10:00:00Z'}"))
                .isEmpty();
        assertThat(call.get().text("/started_at")).isEqualTo("2026-01-01T10:00:00.000Z");
        assertThat(call.get().text("/status")).isEqualTo("in_progress");
        assertThat(call.fires("{'type': 'connected', 'at': '2026-01-01T10:00:30Z', 'idempotency_key': 'other'}"))
                .isEmpty();
        assertThat(call.get().text("/started_at")).isEqualTo("2026-01-01T10:00:00.000Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {RECORDING, ANALYSIS, FINAL})
    void whatBelongsBehindTheEndWaitsForIt(String early) {
        call.report(CONNECTED).expect(200);
        assertThat(call.fires(early)).isEmpty();
        assertThat(call.fires(ENDED)).hasSize(2).first().isEqualTo("call.ended");
    }

    @Test
    void whateverCameFirstGoesInOneOrder() {
        call.report(FINAL).expect(200);
        call.report(RECORDING).expect(200);
        call.report(ANALYSIS).expect(200);
        assertThat(call.get().text("/status")).isEqualTo("queued");
        call.report(ENDED).expect(200);
        assertThat(call.events())
                .containsExactly(
                        "call.started", "call.ended", "call.analyzed", "transcript.final", "call.recording.available");
        assertThat(call.payload("call.ended").get("outcome").asText()).isEqualTo("booked");
    }

    @Test
    void aFailureDropsWhatWaited() {
        call.report(RECORDING).expect(200);
        call.report(ANALYSIS).expect(200);
        call.report(FINAL).expect(200);
        assertThat(call.fires(FAILED)).containsExactly("call.failed");
        Answer shown = call.get();
        assertThat(shown.text("/status")).isEqualTo("failed");
        assertThat(shown.text("/failure_reason")).isEqualTo("busy");
        assertThat(shown.text("/ended_at")).isEqualTo("2026-01-01T10:00:30.000Z");
        for (String dropped : new String[] {"recording_url", "analysis", "outcome", "summary", "messages"}) {
            assertThat(shown.json().get(dropped).isNull()).as(dropped).isTrue();
        }
    }

    @Test
    void aPartialAfterTheEndFiresNothing() {
        call.report(ENDED).expect(200);
        assertThat(call.fires(PARTIAL)).isEmpty();
        assertThat(call.get().text("/messages/0/content")).isEqualTo("Hello");
        call.report(FINAL).expect(200);
        assertThat(call.fires(PARTIAL.replace("Hello", "Hallo"))).isEmpty();
        assertThat(call.get().text("/messages/0/content")).isEqualTo("Bye");
    }

    @ParameterizedTest
    @ValueSource(strings = {CONNECTED, "{'type': 'initiated'}", ENDED, PARTIAL, FINAL, RECORDING, ANALYSIS})
    void nothingButFailedFollowsFailed(String report) {
        call.report(FAILED).expect(200);
        assertNamesBothStates(call.report(report).expect(409), "failed", report);
        assertThat(call.fires("{'type': 'failed', 'reason': 'no_answer'}")).isEmpty();
        assertThat(call.get().text("/failure_reason")).isEqualTo("busy");
    }

    @ParameterizedTest
    @ValueSource(strings = {CONNECTED, ENDED})
    void failedDoesNotFollowConnected(String report) {
        call.report(report).expect(200);
        String status = call.get().text("/status");
        Answer refused = call.report(FAILED).expect(409);
        assertNamesBothStates(refused, status, FAILED);
        assertThat(refused.text("/detail")).contains("end_reason");
        assertThat(call.get().text("/status")).isEqualTo(status);
    }

    private static void assertNamesBothStates(Answer refused, String status, String report) {
        assertThat(refused.problem()).isEqualTo("impossible-transition");
        String type = report.replaceAll(".*'type': '(\\w+)'.*", "$1");
        assertThat(refused.text("/detail")).contains(status).contains("'" + type + "'");
    }
}
