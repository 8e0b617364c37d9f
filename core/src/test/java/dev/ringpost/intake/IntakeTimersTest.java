package dev.ringpost.intake;

import static dev.ringpost.call.EventType.CALL_ENDED;
import static dev.ringpost.call.EventType.CALL_FAILED;
import static dev.ringpost.call.EventType.CALL_STARTED;
import static dev.ringpost.intake.IntakeRig.T0;
import static dev.ringpost.intake.IntakeRig.TIMEOUT;
import static dev.ringpost.intake.IntakeRig.WAIT;
import static dev.ringpost.intake.IntakeRig.on;
import static dev.ringpost.intake.IntakeRig.onExternal;
import static dev.ringpost.intake.IntakeRig.spec;
import static dev.ringpost.store.CallTimer.Kind.ANALYSIS_WAIT;
import static dev.ringpost.store.CallTimer.Kind.CALL_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.CallStatus;
import dev.ringpost.call.Report;
import dev.ringpost.store.CallTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When calls want to be woken, and what happens then. */
class IntakeTimersTest {
    private final IntakeRig rig = new IntakeRig();

    private CallAnswer wake(long call, CallTimer.Kind kind) {
        Instant due = rig.store.timer(call, kind).orElseThrow();
        return rig.ask(Intake.timerCommand(new CallTimer(1, call, kind, due)));
    }

    @Test
    void callEndedWaitsForItsTimer() {
        long call = rig.create(spec(null));
        rig.process(on(call, rig.ended()));
        assertThat(rig.store.timer(call, ANALYSIS_WAIT)).contains(T0.plus(WAIT));
        assertThat(rig.store.timer(call, CALL_TIMEOUT)).isEmpty();
        rig.now = T0.plus(WAIT);
        wake(call, ANALYSIS_WAIT);
        assertThat(rig.fired()).containsExactly(CALL_STARTED, CALL_ENDED);
        assertThat(rig.store.timer(call, ANALYSIS_WAIT)).isEmpty();
    }

    @Test
    void anAnalysisClearsTheWait() {
        long call = rig.create(spec(null));
        rig.process(on(call, rig.ended()));
        rig.process(on(call, rig.analysis()));
        assertThat(rig.store.timer(call, ANALYSIS_WAIT)).isEmpty();
    }

    @Test
    void aCallIsLostAfterItsTimeoutWithoutAReport() {
        long call = rig.create(spec(null));
        assertThat(rig.store.timer(call, CALL_TIMEOUT)).contains(T0.plus(TIMEOUT));
        rig.now = T0.plus(TIMEOUT);
        wake(call, CALL_TIMEOUT);
        assertThat(rig.fired()).containsExactly(CALL_FAILED);
        assertThat(rig.call(call).facts().failureReason()).isEqualTo("lost");
        assertThat(rig.store.timer(call, CALL_TIMEOUT)).isEmpty();
    }

    @Test
    void aConnectedCallThatIsLostEnds() {
        long call = rig.create(spec(null));
        rig.process(on(call, rig.connected()));
        rig.now = T0.plus(TIMEOUT);
        wake(call, CALL_TIMEOUT);
        assertThat(rig.call(call).status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(rig.call(call).facts().endReason()).isEqualTo("lost");
        assertThat(rig.store.timer(call, ANALYSIS_WAIT)).contains(rig.now.plus(WAIT));
    }

    @Test
    void aReportLeavesTheTimeoutWhichThenComesEarlyAndIsSetAnew() {
        long call = rig.create(spec(null));
        rig.now = T0.plus(Duration.ofHours(2));
        rig.process(on(call, rig.connected()));
        assertThat(rig.store.takeStatements()).doesNotContain("setTimers");
        rig.now = T0.plus(TIMEOUT);
        wake(call, CALL_TIMEOUT);
        assertThat(rig.call(call).status()).isEqualTo(CallStatus.IN_PROGRESS);
        assertThat(rig.store.timer(call, CALL_TIMEOUT))
                .contains(T0.plus(Duration.ofHours(2)).plus(TIMEOUT));
        rig.now = T0.plus(Duration.ofHours(2)).plus(TIMEOUT);
        wake(call, CALL_TIMEOUT);
        assertThat(rig.call(call).status()).isEqualTo(CallStatus.COMPLETED);
    }

    @Test
    void theTimeOfAPlannedCallCountsAsAReport() {
        Instant planned = T0.plus(Duration.ofDays(2));
        long call = rig.create(spec(null, planned, null));
        assertThat(rig.store.timer(call, CALL_TIMEOUT)).contains(planned.plus(TIMEOUT));
        rig.now = T0.plus(TIMEOUT);
        rig.ask(on(call, new Report.Lost(rig.now)));
        assertThat(rig.call(call).status()).isEqualTo(CallStatus.QUEUED);
        assertThat(rig.store.timer(call, CALL_TIMEOUT)).contains(planned.plus(TIMEOUT));
    }

    @Test
    void aTimerThatComesTooLateIsClearedAllTheSame() {
        long call = rig.create(spec(null));
        rig.process(on(call, rig.failed()));
        for (CallTimer.Kind kind : new CallTimer.Kind[] {ANALYSIS_WAIT, CALL_TIMEOUT}) {
            rig.store.write(tx -> tx.setTimers(List.of(new CallTimer(1, call, kind, rig.now))));
            wake(call, kind);
            assertThat(rig.store.timer(call, kind)).isEmpty();
        }
        assertThat(rig.fired()).containsExactly(CALL_FAILED);
    }

    @Test
    void aTimerOfACallThatIsGoneIsCleared() {
        long call = rig.create(spec(null));
        rig.store.forgetCall(call);
        rig.now = T0.plus(TIMEOUT);
        assertThat(wake(call, CALL_TIMEOUT)).isInstanceOf(CallAnswer.NotFound.class);
        assertThat(rig.store.timer(call, CALL_TIMEOUT)).isEmpty();
    }

    @Test
    void aCallThatIsOverInTheBatchThatMadeItHasNoTimer() {
        rig.process(onExternal("ext-1", spec(null), rig.ended()), onExternal("ext-1", null, rig.analysis()));
        assertThat(rig.store.takeStatements()).doesNotContain("setTimers");
    }
}
