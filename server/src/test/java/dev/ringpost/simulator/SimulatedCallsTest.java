package dev.ringpost.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallStatus;
import dev.ringpost.call.Transcript;
import dev.ringpost.callengine.EngineCommands;
import dev.ringpost.callengine.EngineRig;
import dev.ringpost.store.CallTimer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each scenario from the call's creation to its last event, in the store. */
class SimulatedCallsTest {
    private static final double FAST = 1000;

    @TempDir
    Path folder;

    private EngineRig rig;
    private final Deque<Runnable> closers = new ArrayDeque<>();

    @BeforeEach
    void openStore() {
        rig = new EngineRig(folder);
    }

    private void start(double speed) {
        Simulator simulator = new Simulator(
                new Simulator.Parts(rig.clock, rig.store.records(), rig.store.backlog(), rig.journal), speed);
        closers.push(simulator::close);
        simulator.resume();
        EngineCommands commands = new EngineCommands(
                new EngineCommands.Parts(rig.clocks, rig.ids, rig.store.records(), rig.store.backlog(), rig.journal),
                simulator);
        closers.push(commands::close);
        commands.start();
    }

    private void stop() {
        while (!closers.isEmpty()) {
            closers.pop().run();
        }
    }

    @AfterEach
    void closeStore() {
        stop();
        rig.close();
    }

    private String create(String scenario) {
        return rig.create(null, "{\"scenario\":\"" + scenario + "\"}");
    }

    private void awaitEnd() {
        await().until(() -> rig.store
                .backlog()
                .dueTimers(CallTimer.Kind.PLAY, rig.clock.instant().plusSeconds(1), 1)
                .isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "normal, caller_hung_up, appointment_booked",
        "voicemail, voicemail, voicemail",
        "long, caller_hung_up, appointment_booked"
    })
    void aCallThatIsTakenGoesToItsAnalysis(String scenario, String endReason, String outcome) {
        start(FAST);
        String id = create(scenario);
        await().until(() -> rig.fired(id).contains("call.analyzed"));
        awaitEnd();
        Call call = rig.call(id);
        assertThat(call.status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(call.facts().endReason()).isEqualTo(endReason);
        assertThat(call.facts().outcome()).isEqualTo(outcome);
        assertThat(call.facts().recording()).isNotNull();
        assertThat(call.facts().transcript()).isInstanceOf(Transcript.InEvent.class);
        assertThat(call.facts().durationSeconds()).isPositive();
        List<String> fired = rig.fired(id);
        assertThat(fired).startsWith("call.started", "transcript.partial", "transcript.partial");
        assertThat(fired)
                .containsOnlyOnce(
                        "call.started", "call.ended", "call.analyzed", "transcript.final", "call.recording.available");
    }

    @ParameterizedTest
    @CsvSource({"no_answer, no_answer", "failing, carrier_rejected"})
    void aCallThatIsNotTakenFails(String scenario, String reason) {
        start(FAST);
        String id = create(scenario);
        await().until(() -> rig.fired(id).contains("call.failed"));
        awaitEnd();
        assertThat(rig.call(id).facts().failureReason()).isEqualTo(reason);
        assertThat(rig.fired(id)).containsExactly("call.failed");
    }

    @Test
    void aStoppedCallHangsUpAndKeepsWhatWasSaid() {
        start(20);
        String id = create("long");
        await().until(() -> rig.fired(id).contains("transcript.partial"));
        rig.stop(id);
        await().until(() -> rig.fired(id).contains("call.analyzed"));
        awaitEnd();
        assertThat(rig.call(id).facts().endReason()).isEqualTo("api_stop");
        assertThat(rig.fired(id)).containsOnlyOnce("call.ended", "transcript.final", "call.recording.available");
    }

    @Test
    void aRestartGoesOnWhereTheLineIsByNow() {
        start(10);
        String talking = create("normal");
        String stopped = create("long");
        await().until(() -> rig.fired(talking).contains("transcript.partial"));
        await().until(() -> rig.fired(stopped).contains("transcript.partial"));
        stop();
        rig.stop(stopped);
        int before = rig.fired(talking).size();
        rig.advance(Duration.ofMinutes(5));
        start(10);
        await().until(() -> rig.fired(talking).contains("call.analyzed"));
        awaitEnd();
        List<String> fired = rig.fired(talking);
        assertThat(fired).hasSizeGreaterThan(before);
        assertThat(fired).containsOnlyOnce("call.started", "call.ended", "call.analyzed", "transcript.final");
        assertThat(rig.call(talking).facts().durationSeconds()).isLessThan(30);
        assertThat(rig.call(stopped).facts().endReason()).isEqualTo("api_stop");
    }
}
