package dev.ringpost.call;

import static dev.ringpost.call.CallStory.analysis;
import static dev.ringpost.call.CallStory.at;
import static dev.ringpost.call.CallStory.connected;
import static dev.ringpost.call.CallStory.elapsed;
import static dev.ringpost.call.CallStory.ended;
import static dev.ringpost.call.CallStory.endedWith;
import static dev.ringpost.call.CallStory.failed;
import static dev.ringpost.call.CallStory.initiated;
import static dev.ringpost.call.CallStory.lost;
import static dev.ringpost.call.CallStory.notWaiting;
import static dev.ringpost.call.CallStory.partial;
import static dev.ringpost.call.CallStory.recording;
import static dev.ringpost.call.CallStory.stop;
import static dev.ringpost.call.CallStory.waiting;
import static dev.ringpost.call.CallStory.whole;
import static dev.ringpost.call.EventType.CALL_ANALYZED;
import static dev.ringpost.call.EventType.CALL_ENDED;
import static dev.ringpost.call.EventType.CALL_FAILED;
import static dev.ringpost.call.EventType.CALL_STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls that fail, are stopped or lost, and an outcome that a user set. */
class CallMachineFailureTest {
    @Test
    void failedIsFinalAndDropsWhatIsHeld() {
        CallStory story = waiting()
                .report(initiated(1), recording("https://r/1"), analysis("won", "s", null), failed(5))
                .fires(CALL_FAILED);
        assertThat(story.only(CallEvent.Failed.class)).isEqualTo(new CallEvent.Failed("busy", at(5)));
        assertThat(story.fired.getFirst().sequence()).isEqualTo(1);
        assertThat(story.call.status()).isEqualTo(CallStatus.FAILED);
        assertThat(story.call.facts().failureReason()).isEqualTo("busy");
        assertThat(story.call.facts().endedAt()).isEqualTo(at(5));
        assertThat(story.call.progress().held()).isEmpty();
    }

    static Stream<Report> everythingButFailed() {
        return Stream.of(
                initiated(9),
                connected(9),
                ended(9),
                recording("https://r/1"),
                partial("[1]"),
                whole("[1]"),
                analysis("won", "s", null));
    }

    @ParameterizedTest
    @MethodSource("everythingButFailed")
    void nothingButFailedComesAfterFailed(Report report) {
        CallStory story = waiting().report(failed(5));
        Call before = story.call;
        story.report(report);
        assertThat(story.refusals).singleElement().satisfies(refusal -> {
            assertThat(refusal.from()).isEqualTo("failed");
            assertThat(refusal.report()).isIn("initiated", "connected", "ended", "recording", "transcript", "analysis");
            assertThat(refusal.advice()).isNotBlank();
        });
        assertThat(story.call).isSameAs(before);
    }

    @Test
    void aSecondFailedFiresNothing() {
        CallStory story = waiting()
                .report(failed(5))
                .then()
                .report(new Report.Failed(at(9), "other"))
                .fires();
        assertThat(story.call.facts().failureReason()).isEqualTo("busy");
        assertThat(story.call.facts().endedAt()).isEqualTo(at(5));
    }

    @Test
    void aConnectedCallCanNotFail() {
        CallStory running = waiting().report(connected(1), failed(5));
        assertThat(running.refusals)
                .containsExactly(new Transition.Impossible(
                        "in_progress",
                        "failed",
                        "The call has connected: report `ended` with an `end_reason` instead."));
        CallStory over = waiting().report(connected(1), ended(3), failed(5));
        assertThat(over.refusals)
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.from()).isEqualTo("completed"));
    }

    @Test
    void stopBeforeTheConnectionFailsTheCall() {
        CallStory story = waiting().report(initiated(1), stop(5)).fires(CALL_FAILED);
        assertThat(story.only(CallEvent.Failed.class)).isEqualTo(new CallEvent.Failed("api_stop", at(5)));
        assertThat(story.call.progress().stopRequested()).isTrue();
    }

    @Test
    void stopInTheConversationEndsIt() {
        CallStory story = waiting().report(connected(1), stop(5)).fires(CALL_STARTED);
        assertThat(story.call.status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(story.call.facts().endReason()).isEqualTo("api_stop");
        assertThat(story.call.progress().stopRequested()).isTrue();
        story.then().report(elapsed()).fires(CALL_ENDED);
        assertThat(story.only(CallEvent.Ended.class).endReason()).isEqualTo("api_stop");
    }

    @Test
    void stopOfACallThatIsOverChangesNothing() {
        for (CallStory story :
                new CallStory[] {waiting().report(failed(1)), waiting().report(ended(1))}) {
            Call before = story.call;
            story.then().report(stop(5)).fires();
            assertThat(story.call).isSameAs(before);
            assertThat(story.call.progress().stopRequested()).isFalse();
        }
    }

    @Test
    void theEngineOfAStoppedCallMayStillReportItsEnd() {
        CallStory unconnected =
                waiting().report(stop(5)).then().report(ended(7, 2)).fires();
        assertThat(unconnected.call.status()).isEqualTo(CallStatus.FAILED);
        assertThat(unconnected.call.facts().endReason()).isEqualTo("hangup");
        assertThat(unconnected.call.facts().durationSeconds()).isEqualTo(2.0);
        unconnected.report(failed(8)).fires();
        assertThat(unconnected.call.facts().failureReason()).isEqualTo("api_stop");

        CallStory talking = notWaiting()
                .report(connected(1), stop(5))
                .then()
                .report(failed(7))
                .fires();
        assertThat(talking.call.status()).isEqualTo(CallStatus.COMPLETED);
        talking.report(endedWith(8, "won", "s")).fires();
        assertThat(talking.call.facts().outcome()).isEqualTo("won");
        assertThat(talking.call.facts().endReason()).isEqualTo("api_stop");

        CallStory other = waiting().report(stop(5)).then().report(recording("https://r/1"));
        assertThat(other.refusals).hasSize(1);
    }

    @Test
    void aLostCallEndsOrFails() {
        CallStory talking = notWaiting().report(connected(1), lost(5)).fires(CALL_STARTED, CALL_ENDED);
        assertThat(talking.only(CallEvent.Ended.class).endReason()).isEqualTo("lost");
        CallStory ringing = notWaiting().report(initiated(1), lost(5)).fires(CALL_FAILED);
        assertThat(ringing.only(CallEvent.Failed.class).failureReason()).isEqualTo("lost");
        Call before = ringing.call;
        ringing.then().report(lost(9)).fires();
        assertThat(ringing.call).isSameAs(before);
    }

    @Test
    void anOutcomeSetByAUserStays() {
        CallStory story =
                notWaiting().report(ended(9)).then().setOutcome("sold").fires();
        assertThat(story.call.facts().outcome()).isEqualTo("sold");
        story.report(analysis("won", "s", null)).fires(CALL_ANALYZED);
        assertThat(story.only(CallEvent.Analyzed.class).outcome()).isEqualTo("won");
        assertThat(story.call.facts().outcome()).isEqualTo("sold");
        assertThat(story.call.facts().summary()).isEqualTo("s");
    }

    @Test
    void anOutcomeSetToNullStaysNull() {
        CallStory story = notWaiting().report(ended(9)).setOutcome(null);
        story.report(analysis("won", "s", null), endedWith(10, "won", null));
        assertThat(story.call.facts().outcome()).isNull();
    }

    @Test
    void anOutcomeSetWhileEndedWaitsGoesWithIt() {
        CallStory story = waiting().report(ended(9)).setOutcome("sold").then().report(analysis("won", "s", null));
        assertThat(story.only(CallEvent.Ended.class).outcome()).isEqualTo("sold");
        assertThat(story.only(CallEvent.Analyzed.class).outcome()).isEqualTo("won");
    }

    @Test
    void anOutcomeCanBeSetAfterTheEndOnly() {
        CallStory story = waiting().report(connected(1)).setOutcome("sold");
        assertThat(story.refusals).singleElement().satisfies(refusal -> {
            assertThat(refusal.from()).isEqualTo("in_progress");
            assertThat(refusal.report()).isEqualTo("outcome");
        });
        CallStory over = waiting().report(failed(1)).setOutcome("sold");
        assertThat(over.call.facts().outcome()).isEqualTo("sold");
        Call before = over.call;
        assertThat(over.setOutcome("sold").call).isSameAs(before);
    }
}
