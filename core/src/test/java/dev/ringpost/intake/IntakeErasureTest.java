package dev.ringpost.intake;

import static dev.ringpost.intake.IntakeRig.T0;
import static dev.ringpost.intake.IntakeRig.done;
import static dev.ringpost.intake.IntakeRig.on;
import static dev.ringpost.intake.IntakeRig.onExternal;
import static dev.ringpost.intake.IntakeRig.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.CallStatus;
import dev.ringpost.call.Report;
import dev.ringpost.store.CallTimer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Erasing calls, and what is asked of erased ones. */
class IntakeErasureTest {
    private final IntakeRig rig = new IntakeRig();

    @Test
    void aQueuedCallIsErasedAndFiresNothing() {
        long call = rig.create(spec("ext-1"));
        assertThat(rig.ask(new CallCommand.Erase(1, call))).isEqualTo(new CallAnswer.Erased(1, call));
        assertThat(rig.store.allCalls()).isEmpty();
        assertThat(rig.store.events()).isEmpty();
        assertThat(rig.store.timer(call, CallTimer.Kind.CALL_TIMEOUT)).isEmpty();
    }

    @Test
    void aCallThatGoesOnMustBeStoppedFirst() {
        long call = rig.create(spec(null));
        rig.process(on(call, new Report.Initiated(T0)));
        assertImpossible(call, "initiated");
        rig.process(on(call, rig.connected()));
        assertImpossible(call, "in_progress");
        rig.process(on(call, rig.endedAtOnce()));
        assertThat(rig.ask(new CallCommand.Erase(1, call))).isEqualTo(new CallAnswer.Erased(1, call));
    }

    private void assertImpossible(long call, String status) {
        assertThat(rig.ask(new CallCommand.Erase(1, call)))
                .isInstanceOfSatisfying(CallAnswer.Impossible.class, refused -> {
                    assertThat(refused.from()).isEqualTo(status);
                    assertThat(refused.advice()).contains("Stop the call first");
                });
    }

    @Test
    void anErasedCallTakesNothingAndIsNeverMadeAgain() {
        long call = rig.create(spec("ext-1"));
        rig.process(new CallCommand.Erase(1, call));
        List<CallAnswer> answers = rig.process(
                        on(call, rig.connected()),
                        onExternal("ext-1", spec(null), rig.connected()),
                        new CallCommand.Create(1, spec("ext-1")),
                        new CallCommand.SetOutcome(1, call, "won"),
                        new CallCommand.Erase(1, call))
                .answers();
        assertThat(answers).hasSize(5).allMatch(new CallAnswer.WasErased()::equals);
        assertThat(rig.store.allCalls()).isEmpty();
    }

    @Test
    void anotherAccountLearnsNothingOfIt() {
        long call = rig.create(spec("ext-1"));
        assertThat(rig.ask(new CallCommand.Erase(2, call))).isEqualTo(new CallAnswer.NotFound());
        rig.process(new CallCommand.Erase(1, call));
        assertThat(rig.ask(new CallCommand.Erase(2, call))).isEqualTo(new CallAnswer.NotFound());
        assertThat(rig.ask(new CallCommand.Create(2, spec("ext-1")))).isInstanceOf(CallAnswer.Done.class);
    }

    @Test
    void inOneBatchWhatComesBeforeCountsAndWhatComesAfterIsRefused() {
        long call = rig.create(spec("ext-1"));
        Intake.Result result = rig.process(
                on(call, rig.endedAtOnce()),
                new CallCommand.Erase(1, call),
                on(call, rig.whole("[1]")),
                onExternal("ext-1", spec(null), rig.connected()),
                new CallCommand.Create(1, spec("ext-1")));
        assertThat(done(result.answers().get(0)).call().status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(result.answers().get(1)).isEqualTo(new CallAnswer.Erased(1, call));
        assertThat(result.answers().subList(2, 5)).allMatch(new CallAnswer.WasErased()::equals);
        assertThat(result.committed()).isEmpty();
        assertThat(rig.store.allCalls()).isEmpty();
        assertThat(rig.store.events()).isEmpty();
    }

    @Test
    void aTimerThatIsStillDueIsCleared() {
        long call = rig.create(spec(null));
        rig.process(new CallCommand.Erase(1, call));
        assertThat(rig.ask(Intake.timerCommand(new CallTimer(1, call, CallTimer.Kind.CALL_TIMEOUT, T0.plusSeconds(1)))))
                .isEqualTo(new CallAnswer.WasErased());
    }
}
