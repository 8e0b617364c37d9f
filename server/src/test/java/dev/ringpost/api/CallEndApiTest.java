package dev.ringpost.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.api.ApiClient.Answer;
import dev.ringpost.store.ApiKey.Scope;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** call.ended and its analysis; stop; the outcome that a user sets. */
class CallEndApiTest {
    @RegisterExtension
    static final ApiRig rig = new ApiRig();

    private ReportedCall call;

    @BeforeEach
    void newCall() {
        call = ReportedCall.outbound(rig.newAccount(Scope.FULL));
    }

    private void connect() {
        call.report("{'type': 'connected', 'at': '2026-01-01T10:00:00Z'}").expect(200);
    }

    @Test
    void callEndedWaitsForItsAnalysisAndSaysUntilWhen() {
        connect();
        Instant before = Instant.now();
        Answer ended = call.report("{'type': 'ended'}").expect(200);
        assertThat(ended.text("/call_id")).isEqualTo(call.id());
        assertThat(ended.text("/status")).isEqualTo("completed");
        assertThat(ended.json().get("events")).isEmpty();
        assertThat(ended.json().get("pending")).hasSize(1);
        assertThat(ended.text("/pending/0/event")).isEqualTo("call.ended");
        assertThat(Instant.parse(ended.text("/pending/0/until")))
                .isBetween(before.plusSeconds(9), Instant.now().plus(Duration.ofSeconds(10)));
        assertThat(ended.json().get("stop_requested").booleanValue()).isFalse();
        assertThat(call.get().text("/status")).isEqualTo("completed");
        assertThat(call.report("{'type': 'recording', 'url': 'https://r.example/1'}")
                        .json()
                        .get("pending"))
                .as("it still waits")
                .hasSize(1);

        Answer analysed = call.report("{'type': 'analysis', 'outcome': 'booked', 'summary': 's'}")
                .expect(200);
        assertThat(analysed.json().get("pending")).isEmpty();
        assertThat(call.events())
                .containsExactly("call.started", "call.ended", "call.analyzed", "call.recording.available");
        assertThat(call.payload("call.ended").get("outcome").asText()).isEqualTo("booked");
        assertThat(call.payload("call.ended").get("summary").asText()).isEqualTo("s");
    }

    @Test
    void itGoesAtOnceWhereTheReportHasAKeyIfOnlyWithNull() {
        for (String key : new String[] {"outcome", "summary"}) {
            ReportedCall other = ReportedCall.outbound(call.api());
            assertThat(other.fires("{'type': 'ended', '" + key + "': null}"))
                    .containsExactly("call.started", "call.ended");
            assertThat(other.payload("call.ended").get(key).isNull()).isTrue();
        }
    }

    @Test
    void itGoesAtOnceWhereAnAnalysisIsThere() {
        connect();
        call.report("{'type': 'analysis', 'outcome': 'o', 'summary': null, 'data': {'a': 1}}")
                .expect(200);
        assertThat(call.fires("{'type': 'ended', 'end_reason': 'agent_hung_up'}"))
                .containsExactly("call.ended", "call.analyzed");
        assertThat(call.payload("call.ended").get("outcome").asText()).isEqualTo("o");
        assertThat(call.payload("call.ended").get("end_reason").asText()).isEqualTo("agent_hung_up");
        assertThat(call.payload("call.analyzed").at("/analysis/a").asInt()).isEqualTo(1);
    }

    @Test
    void whatEndedBringsIsAnAnalysisRightBehindIt() {
        connect();
        assertThat(call.fires("{'type': 'ended', 'outcome': 'sold', 'summary': 'ok'}"))
                .containsExactly("call.ended", "call.analyzed");
        assertThat(call.payload("call.analyzed").get("outcome").asText()).isEqualTo("sold");
        assertThat(call.payload("call.analyzed").get("analysis").isNull()).isTrue();
        assertThat(call.fires("{'type': 'analysis', 'outcome': 'sold', 'summary': 'ok', 'data': 7}"))
                .containsExactly("call.analyzed");
        assertThat(call.get().json().get("analysis").asInt()).isEqualTo(7);
    }

    @Test
    void anOutcomeThatAUserSetStays() {
        String patch = "{'outcome': 'refunded'}";
        assertThat(call.api().patch("/v1/calls/" + call.id(), patch).expect(409).problem())
                .isEqualTo("impossible-transition");
        connect();
        call.api().patch("/v1/calls/" + call.id(), patch).expect(409);
        call.report("{'type': 'ended', 'outcome': 'sold'}").expect(200);
        int fired = call.events().size();
        assertThat(call.api().patch("/v1/calls/" + call.id(), patch).expect(200).text("/outcome"))
                .isEqualTo("refunded");
        assertThat(call.events()).as("fires nothing").hasSize(fired);
        call.report("{'type': 'analysis', 'outcome': 'sold', 'summary': 'new'}").expect(200);
        assertThat(call.get().text("/outcome")).isEqualTo("refunded");
        assertThat(call.get().text("/summary")).isEqualTo("new");
    }

    @Test
    void stopFailsACallThatIsNotConnected() {
        call.report("{'type': 'initiated'}").expect(200);
        Answer stopped = call.stop();
        assertThat(stopped.text("/status")).isEqualTo("failed");
        assertThat(stopped.text("/failure_reason")).isEqualTo("api_stop");
        assertThat(call.events()).containsExactly("call.failed");
        assertThat(call.payload("call.failed").get("failure_reason").asText()).isEqualTo("api_stop");

        Answer late = call.report("{'type': 'failed', 'reason': 'cancelled'}").expect(200);
        assertThat(late.json().get("stop_requested").booleanValue()).isTrue();
        assertThat(late.json().get("events")).isEmpty();
        assertThat(call.fires("{'type': 'ended', 'end_reason': 'hung_up', 'outcome': 'o'}"))
                .isEmpty();
        Answer shown = call.get();
        assertThat(shown.text("/status")).isEqualTo("failed");
        assertThat(shown.text("/failure_reason")).isEqualTo("api_stop");
        assertThat(shown.text("/end_reason")).isEqualTo("hung_up");
    }

    @Test
    void stopEndsACallThatIsConnected() {
        connect();
        Answer stopped = call.stop();
        assertThat(stopped.text("/status")).isEqualTo("completed");
        assertThat(stopped.text("/end_reason")).isEqualTo("api_stop");
        assertThat(call.events()).as("it waits for an analysis").containsExactly("call.started");
        Answer late = call.report("{'type': 'ended', 'end_reason': 'hung_up', 'duration_seconds': 5, 'outcome': 'o'}")
                .expect(200);
        assertThat(late.json().get("events")).isEmpty();
        assertThat(late.json().get("stop_requested").booleanValue()).isTrue();
        assertThat(call.get().text("/end_reason")).isEqualTo("api_stop");
        assertThat(call.get().text("/outcome")).isEqualTo("o");
        assertThat(call.fires("{'type': 'failed', 'reason': 'x'}")).isEmpty();
        assertThat(call.get().text("/status")).isEqualTo("completed");
    }

    @Test
    void stopOfACallThatIsOverChangesNothing() {
        connect();
        call.report("{'type': 'ended', 'outcome': null}").expect(200);
        var before = call.get().json();
        assertThat(call.stop().json()).isEqualTo(before);
        assertThat(call.report("{'type': 'ended', 'outcome': null}")
                        .json()
                        .get("stop_requested")
                        .booleanValue())
                .isFalse();
    }
}
