package dev.ringpost.intake;

import static dev.ringpost.call.EventType.CALL_ENDED;
import static dev.ringpost.call.EventType.CALL_FAILED;
import static dev.ringpost.call.EventType.CALL_STARTED;
import static dev.ringpost.intake.IntakeRig.T0;
import static dev.ringpost.intake.IntakeRig.on;
import static dev.ringpost.intake.IntakeRig.onExternal;
import static dev.ringpost.intake.IntakeRig.spec;
import static dev.ringpost.store.CallTimer.Kind.PLACE;
import static dev.ringpost.store.CallTimer.Kind.STOP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.CallStatus;
import dev.ringpost.call.Report;
import dev.ringpost.store.CallTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which calls the call engine is to be told to place and to stop, and what its answers do. */
class IntakeCommandsTest {
    private static final Duration LATER = Duration.ofSeconds(3);

    private final IntakeRig rig = new IntakeRig(true);

    private CallTimer place(long call) {
        return new CallTimer(1, call, PLACE, rig.store.timer(call, PLACE).orElseThrow());
    }

    private void take(CallTimer place) {
        rig.ask(Intake.placed(place, rig.now));
    }

    @Test
    void aCreatedCallIsPlacedAtOnce() {
        long call = rig.create(spec(null));
        assertThat(rig.store.timer(call, PLACE)).contains(rig.call(call).createdAt());
    }

    @Test
    void aPlannedCallIsPlacedAtItsTime() {
        Instant planned = T0.plus(Duration.ofDays(2));
        assertThat(rig.store.timer(rig.create(spec(null, planned, null)), PLACE))
                .contains(planned);
    }

    @Test
    void aTimeInThePastIsNow() {
        long call = rig.create(spec(null, T0.minusSeconds(5), null));
        assertThat(rig.store.timer(call, PLACE)).contains(rig.call(call).createdAt());
    }

    @Test
    void withoutACallEngineNobodyIsTold() {
        IntakeRig own = new IntakeRig();
        long call = own.create(spec(null));
        own.process(on(call, own.connected()));
        own.process(on(call, new Report.Stop(own.now)));
        assertThat(own.store.timer(call, PLACE)).isEmpty();
        assertThat(own.store.timer(call, STOP)).isEmpty();
    }

    @Test
    void aCallThatAReportMadeHasItsEngineAlready() {
        rig.process(onExternal("x", spec(null), rig.recording()));
        long call = rig.store.allCalls().getFirst().no();
        assertThat(rig.call(call).status()).isEqualTo(CallStatus.QUEUED);
        assertThat(rig.store.timer(call, PLACE)).isEmpty();
    }

    @Test
    void aTakenCallIsInitiated() {
        long call = rig.create(spec(null));
        take(place(call));
        assertThat(rig.store.timer(call, PLACE)).isEmpty();
        assertThat(rig.call(call).status()).isEqualTo(CallStatus.INITIATED);
        assertThat(rig.fired()).isEmpty();
    }

    @Test
    void aReportSaysThatTheEngineHasTheCall() {
        long call = rig.create(spec(null));
        CallTimer place = place(call);
        rig.process(on(call, rig.connected()));
        assertThat(rig.store.timer(call, PLACE)).isEmpty();
        take(place);
        rig.ask(Intake.notPlaced(place, rig.now));
        assertThat(rig.call(call).status()).isEqualTo(CallStatus.IN_PROGRESS);
        assertThat(rig.fired()).containsExactly(CALL_STARTED);
    }

    @Test
    void whatIsHeldForTheEndDoesNotSayThatTheEngineHasTheCall() {
        long call = rig.create(spec(null));
        rig.process(on(call, rig.analysis()));
        assertThat(rig.store.timer(call, PLACE)).isPresent();
    }

    @Test
    void aCallThatNobodyTakesFails() {
        long call = rig.create(spec(null));
        rig.now = T0.plus(LATER);
        rig.ask(Intake.notPlaced(place(call), rig.now));
        assertThat(rig.store.timer(call, PLACE)).isEmpty();
        assertThat(rig.call(call).status()).isEqualTo(CallStatus.FAILED);
        assertThat(rig.call(call).facts().failureReason()).isEqualTo("engine_unavailable");
        assertThat(rig.call(call).facts().endedAt()).isEqualTo(rig.now);
        assertThat(rig.fired()).containsExactly(CALL_FAILED);
    }

    @Test
    void aCallThatIsStoppedBeforeItIsPlacedIsNeverPlaced() {
        long call = rig.create(spec(null, T0.plus(Duration.ofDays(1)), null));
        rig.process(on(call, new Report.Stop(rig.now)));
        assertThat(rig.store.timer(call, PLACE)).isEmpty();
        assertThat(rig.store.timer(call, STOP)).isEmpty();
        assertThat(rig.call(call).facts().failureReason()).isEqualTo("api_stop");
    }

    @Test
    void theEngineIsToldOnceToStopACallThatItHas() {
        long call = rig.create(spec(null));
        take(place(call));
        rig.process(on(call, rig.connected()));
        rig.now = T0.plus(LATER);
        rig.process(on(call, new Report.Stop(rig.now)));
        assertThat(rig.store.timer(call, STOP)).contains(rig.now);
        rig.store.write(tx -> tx.setTimers(List.of(new CallTimer(1, call, STOP, null))));
        rig.process(on(call, new Report.Stop(rig.now)));
        rig.process(on(call, rig.ended()));
        assertThat(rig.store.timer(call, STOP)).isEmpty();
        assertThat(rig.fired()).containsExactly(CALL_STARTED);
    }

    @Test
    void aStopThatCrossesTheTakingOfTheCallReachesTheEngine() {
        long call = rig.create(spec(null));
        CallTimer place = place(call);
        rig.process(on(call, new Report.Stop(rig.now)));
        assertThat(rig.store.timer(call, STOP)).isEmpty();
        take(place);
        assertThat(rig.store.timer(call, STOP)).isPresent();
        assertThat(rig.call(call).status()).isEqualTo(CallStatus.FAILED);
        assertThat(rig.fired()).containsExactly(CALL_FAILED);
    }

    @Test
    void theEngineIsNotToldToStopWhatEndedByItself() {
        long call = rig.create(spec(null));
        take(place(call));
        rig.process(on(call, rig.endedAtOnce()));
        rig.process(on(call, new Report.Stop(rig.now)));
        assertThat(rig.store.timer(call, STOP)).isEmpty();
        assertThat(rig.fired()).containsExactly(CALL_STARTED, CALL_ENDED);
    }

    @Test
    void theTimerOfACallThatIsGoneIsCleared() {
        long call = rig.create(spec(null));
        CallTimer place = place(call);
        rig.store.forgetCall(call);
        take(place);
        assertThat(rig.store.timer(call, PLACE)).isEmpty();
    }
}
