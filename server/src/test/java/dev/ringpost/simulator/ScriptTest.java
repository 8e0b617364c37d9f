package dev.ringpost.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ringpost.call.CallSpec;
import dev.ringpost.call.Direction;
import dev.ringpost.call.Json;
import dev.ringpost.call.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ScriptTest {
    private static final Instant START = Instant.parse("2026-11-25T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "{}, +4930555010, NORMAL",
        "{}, +4930555011, NO_ANSWER",
        "{}, +4930555012, VOICEMAIL",
        "{}, +4930555013, FAILING",
        "{}, +4930555014, LONG",
        "{}, +4930555019, NORMAL",
        "{}, , NORMAL",
        "'{\"order\":{\"scenario\":\"long\"},\"scenario\":\"failing\"}', +4930555012, FAILING",
        "'{\"scenario\":\"unheard_of\"}', +4930555012, VOICEMAIL",
        "'{\"scenario\":7}', +4930555012, VOICEMAIL"
    })
    void metadataOrElseTheLastDigitPickTheScenario(String metadata, @Nullable String number, Scenario expected) {
        CallSpec spec = new CallSpec(
                null,
                "agent",
                Direction.OUTBOUND,
                number,
                number,
                null,
                Json.EMPTY_OBJECT,
                Json.EMPTY_OBJECT,
                new Json(metadata),
                null);
        assertThat(Scenario.of(spec)).isEqualTo(expected);
    }

    @Test
    void aNormalCallGoesFromRingingToItsAnalysis() {
        Script script = script(Scenario.NORMAL, 1);
        List<Class<?>> kinds = script.steps().stream()
                .<Class<?>>map(step -> step.report().getClass())
                .toList();
        assertThat(kinds).startsWith(Report.Initiated.class, Report.Connected.class, Report.TranscriptSaid.class);
        assertThat(kinds)
                .endsWith(
                        Report.TranscriptSaid.class,
                        Report.Ended.class,
                        Report.TranscriptSaid.class,
                        Report.RecordingReady.class,
                        Report.Analyzed.class);
        assertThat(length(script)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILING", "NO_ANSWER"})
    void aCallThatFailsNeverConnects(Scenario scenario) {
        assertThat(script(scenario, 1).steps())
                .extracting(step -> step.report().getClass().getSimpleName())
                .containsExactly("Initiated", "Failed");
    }

    @ParameterizedTest
    @EnumSource
    void everyReportIsAtItsOffset(Scenario scenario) {
        Script script = script(scenario, 3);
        assertThat(script.steps())
                .allSatisfy(step -> assertThat(step.report().at()).isEqualTo(START.plus(step.offset())));
        assertThat(script.steps()).extracting(Script.Step::offset).isSorted();
    }

    @ParameterizedTest
    @EnumSource
    void speedDividesEveryPause(Scenario scenario) {
        Duration slow = length(script(scenario, 1));
        Duration fast = length(script(scenario, 10));
        assertThat(fast.multipliedBy(10)).isCloseTo(slow, Duration.ofMillis(1));
    }

    @Test
    void aTranscriptIsAlwaysTheTranscriptSoFar() throws Exception {
        int lines = 0;
        for (Script.Step step : script(Scenario.LONG, 1).steps()) {
            if (step.report() instanceof Report.TranscriptSaid said) {
                JsonNode messages = new ObjectMapper().readTree(said.messages().text());
                lines = said.last() ? lines : lines + 1;
                assertThat(messages).hasSize(lines);
                assertThat(messages.get(0).path("role").asText()).isEqualTo("agent");
                assertThat(Instant.parse(messages.get(0).path("at").asText())).isAfter(START);
            }
        }
        assertThat(lines).isGreaterThan(20);
    }

    @Test
    void aWebCallDoesNotRing() {
        Script script = Script.of(Scenario.NORMAL, Direction.WEB, START, 1);
        assertThat(script.steps().get(1).offset()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aStoppedCallKeepsWhatWasSaid() {
        List<Script.Step> played = script(Scenario.NORMAL, 1).steps().subList(0, 4);
        Report.TranscriptSaid heard = (Report.TranscriptSaid) played.getLast().report();
        Script rest = Script.afterStop(played, START, 1);
        assertThat(rest.steps())
                .extracting(step -> step.report().getClass().getSimpleName())
                .containsExactly("TranscriptSaid", "RecordingReady", "Analyzed");
        assertThat(rest.steps().getFirst().report())
                .isEqualTo(new Report.TranscriptSaid(
                        rest.steps().getFirst().report().at(), heard.messages(), true));
    }

    @Test
    void nothingFollowsACallThatIsStoppedWhileItRings() {
        assertThat(Script.afterStop(script(Scenario.NORMAL, 1).steps().subList(0, 1), START, 1)
                        .steps())
                .isEmpty();
    }

    private static Script script(Scenario scenario, double speed) {
        return Script.of(scenario, Direction.OUTBOUND, START, speed);
    }

    private static Duration length(Script script) {
        return script.steps().getLast().offset();
    }
}
