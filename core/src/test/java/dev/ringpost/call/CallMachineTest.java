package dev.ringpost.call;

import static dev.ringpost.call.CallStory.T0;
import static dev.ringpost.call.CallStory.WAIT;
import static dev.ringpost.call.CallStory.analysis;
import static dev.ringpost.call.CallStory.at;
import static dev.ringpost.call.CallStory.connected;
import static dev.ringpost.call.CallStory.elapsed;
import static dev.ringpost.call.CallStory.ended;
import static dev.ringpost.call.CallStory.endedWith;
import static dev.ringpost.call.CallStory.initiated;
import static dev.ringpost.call.CallStory.notWaiting;
import static dev.ringpost.call.CallStory.partial;
import static dev.ringpost.call.CallStory.recording;
import static dev.ringpost.call.CallStory.waiting;
import static dev.ringpost.call.CallStory.whole;
import static dev.ringpost.call.EventType.CALL_ANALYZED;
import static dev.ringpost.call.EventType.CALL_ENDED;
import static dev.ringpost.call.EventType.CALL_RECORDING_AVAILABLE;
import static dev.ringpost.call.EventType.CALL_STARTED;
import static dev.ringpost.call.EventType.TRANSCRIPT_FINAL;
import static dev.ringpost.call.EventType.TRANSCRIPT_PARTIAL;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How a call that connects goes: start, end, and what waits for the end. */
class CallMachineTest {
    @Test
    void aCallInGoodOrder() {
        CallStory story = notWaiting()
                .report(initiated(1), connected(3), partial("[1]"), ended(30), analysis("won", "s", "{}"))
                .report(recording("https://r/1"), whole("[1,2]"))
                .fires(
                        CALL_STARTED,
                        TRANSCRIPT_PARTIAL,
                        CALL_ENDED,
                        CALL_ANALYZED,
                        CALL_RECORDING_AVAILABLE,
                        TRANSCRIPT_FINAL);
        assertThat(story.fired).extracting(Transition.Fired::sequence).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(story.call.status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(story.call.progress().nextSequence()).isEqualTo(7);
        assertThat(story.messages()).isEqualTo(new Json("[1,2]"));
    }

    @Test
    void initiatedSetsTheStatusOnly() {
        CallStory story = waiting().report(initiated(1)).fires();
        assertThat(story.call.status()).isEqualTo(CallStatus.INITIATED);
        assertThat(story.call.facts()).isEqualTo(CallFacts.NONE);
    }

    @Test
    void connectedFiresStartedWithItsTime() {
        CallStory story = waiting().report(connected(3)).fires(CALL_STARTED);
        assertThat(story.only(CallEvent.Started.class).startedAt()).isEqualTo(at(3));
        assertThat(story.call.status()).isEqualTo(CallStatus.IN_PROGRESS);
    }

    @Test
    void endedProvesThatTheCallConnected() {
        CallStory story = notWaiting().report(ended(30, 12.5)).fires(CALL_STARTED, CALL_ENDED);
        assertThat(story.only(CallEvent.Started.class).startedAt()).isEqualTo(at(30).minusMillis(12_500));
        assertThat(story.only(CallEvent.Ended.class).durationSeconds()).isEqualTo(12.5);
    }

    @Test
    void endedWithoutDurationStartsAtAnUnknownTimeWhichALateReportFills() {
        CallStory story = notWaiting().report(ended(30)).fires(CALL_STARTED, CALL_ENDED);
        assertThat(story.only(CallEvent.Started.class).startedAt()).isNull();
        assertThat(story.only(CallEvent.Ended.class).durationSeconds()).isNull();
        story.then().report(connected(20)).fires();
        assertThat(story.call.facts().startedAt()).isEqualTo(at(20));
        assertThat(story.call.facts().durationSeconds()).isEqualTo(10.0);
        story.then().report(initiated(10)).fires();
        assertThat(story.call.facts().startedAt()).isEqualTo(at(20));
        assertThat(story.call.status()).isEqualTo(CallStatus.COMPLETED);
    }

    @Test
    void aLateInitiatedFillsTheStartOfAConnectedCallOnly() {
        CallStory story = waiting().report(partial("[1]"), initiated(5));
        assertThat(story.call.facts().startedAt()).isEqualTo(at(5));
        assertThat(story.call.status()).isEqualTo(CallStatus.IN_PROGRESS);
    }

    @Test
    void aPartialProvesThatTheCallConnected() {
        CallStory story = waiting().report(partial("[1]")).fires(CALL_STARTED, TRANSCRIPT_PARTIAL);
        assertThat(story.only(CallEvent.Started.class).startedAt()).isNull();
        assertThat(story.call.status()).isEqualTo(CallStatus.IN_PROGRESS);
        assertThat(story.call.progress().livePartial()).isEqualTo(2);
    }

    @Test
    void theDurationTellsTheStartThatAPartialLeftUnknown() {
        CallStory story = notWaiting().report(partial("[1]"), ended(30, 12));
        assertThat(story.only(CallEvent.Started.class).startedAt()).isNull();
        assertThat(story.only(CallEvent.Ended.class).startedAt()).isEqualTo(at(18));
    }

    @Test
    void durationIsEndMinusStartAndNeverNegative() {
        CallStory story = notWaiting().report(connected(3), ended(30));
        assertThat(story.only(CallEvent.Ended.class).durationSeconds()).isEqualTo(27.0);
        CallStory odd = notWaiting().report(connected(30), ended(3));
        assertThat(odd.only(CallEvent.Ended.class).durationSeconds()).isEqualTo(0.0);
        CallStory given = notWaiting().report(connected(3), ended(30, -4));
        assertThat(given.only(CallEvent.Ended.class).durationSeconds()).isEqualTo(0.0);
    }

    @Test
    void aDurationThatIsNoNumberCountsAsUnknown() {
        CallStory story =
                notWaiting().report(ended(30, Double.POSITIVE_INFINITY)).fires(CALL_STARTED, CALL_ENDED);
        assertThat(story.call.facts().durationSeconds()).isNull();
        assertThat(story.call.facts().startedAt()).isNull();
    }

    @Test
    void aSecondEndedFillsWhatIsNullAndFiresNothing() {
        CallStory story = notWaiting()
                .report(new Report.Ended(at(30), null, null, false, null, null))
                .then()
                .report(new Report.Ended(at(40), "late", 5.0, true, "won", "s"))
                .fires();
        CallFacts facts = story.call.facts();
        assertThat(facts.endReason()).isEqualTo("late");
        assertThat(facts.endedAt()).isEqualTo(at(30));
        assertThat(facts.startedAt()).isEqualTo(at(25));
        assertThat(facts.durationSeconds()).isEqualTo(5.0);
        assertThat(facts.outcome()).isEqualTo("won");
        assertThat(facts.summary()).isEqualTo("s");
        story.report(new Report.Ended(at(50), "later", 6.0, true, "lost", "t")).fires();
        assertThat(story.call.facts()).isEqualTo(facts);
    }

    @Test
    void endedWaitsForAnAnalysisAndGoesWithIt() {
        CallStory story = waiting().report(connected(3), ended(30)).fires(CALL_STARTED);
        assertThat(story.call.status()).isEqualTo(CallStatus.COMPLETED);
        assertThat(story.call.progress().endedWaitsUntil()).isEqualTo(T0.plus(WAIT));
        assertThat(story.call.progress().endedFired()).isFalse();
        story.then()
                .report(whole("[1]"), recording("https://r/1"))
                .fires()
                .report(analysis("won", "s", "{}"))
                .fires(CALL_ENDED, CALL_ANALYZED, TRANSCRIPT_FINAL, CALL_RECORDING_AVAILABLE);
        assertThat(story.only(CallEvent.Ended.class).outcome()).isEqualTo("won");
        assertThat(story.only(CallEvent.Ended.class).summary()).isEqualTo("s");
        assertThat(story.call.progress().endedWaitsUntil()).isNull();
        assertThat(story.call.progress().held()).isEmpty();
        story.then().report(elapsed()).fires();
    }

    @Test
    void endedWaitsLongEnoughAndGoesWithNulls() {
        CallStory story = waiting()
                .report(connected(3), ended(30), recording("https://r/1"))
                .then()
                .report(elapsed())
                .fires(CALL_ENDED, CALL_RECORDING_AVAILABLE);
        assertThat(story.only(CallEvent.Ended.class).outcome()).isNull();
        story.then()
                .report(elapsed())
                .fires()
                .report(analysis("won", "s", null))
                .fires(CALL_ANALYZED);
        assertThat(story.call.facts().outcome()).isEqualTo("won");
    }

    @Test
    void anElapsedWaitBeforeTheEndMeansNothing() {
        CallStory story = waiting().report(connected(3));
        Call before = story.call;
        story.then().report(elapsed()).fires();
        assertThat(story.call).isSameAs(before);
    }

    @Test
    void endedThatHasTheKeysGoesAtOnceEvenWithNulls() {
        CallStory story = waiting().report(endedWith(30, null, null)).fires(CALL_STARTED, CALL_ENDED);
        assertThat(story.call.progress().endedWaitsUntil()).isNull();
    }

    @Test
    void endedThatBringsAResultIsFollowedByItsAnalysis() {
        CallStory story = waiting().report(endedWith(30, "won", null)).fires(CALL_STARTED, CALL_ENDED, CALL_ANALYZED);
        assertThat(story.only(CallEvent.Ended.class).outcome()).isEqualTo("won");
        assertThat(story.only(CallEvent.Analyzed.class)).isEqualTo(new CallEvent.Analyzed("won", null, null));
        story.then().report(analysis("won", null, null)).fires();
        story.report(analysis("won", null, "{}")).fires(CALL_ANALYZED);
    }

    @Test
    void anAnalysisThatCameFirstGoesBehindEnded() {
        CallStory story =
                waiting().report(connected(3), analysis("won", "s", "{}")).fires(CALL_STARTED);
        assertThat(story.call.facts().outcome()).isNull();
        story.then().report(ended(30)).fires(CALL_ENDED, CALL_ANALYZED);
        assertThat(story.only(CallEvent.Ended.class).outcome()).isEqualTo("won");
        assertThat(story.call.facts().analysis()).isEqualTo(Json.EMPTY_OBJECT);
    }

    @Test
    void whatTheEndSaysGoesBeforeWhatAHeldAnalysisSays() {
        CallStory story = waiting()
                .report(connected(3), analysis("won", "s", "{}"))
                .then()
                .report(endedWith(30, "lost", null))
                .fires(CALL_ENDED, CALL_ANALYZED, CALL_ANALYZED);
        assertThat(story.only(CallEvent.Ended.class).outcome()).isEqualTo("lost");
        assertThat(story.only(CallEvent.Ended.class).summary()).isEqualTo("s");
        assertThat(story.call.facts().outcome()).isEqualTo("won");
    }

    @Test
    void whatIsHeldIsTheNewestOfItsTypeInTheOrderItCame() {
        CallStory story = notWaiting()
                .report(recording("https://r/1"), whole("[1]"), recording("https://r/2"))
                .fires();
        assertThat(story.call.status()).isEqualTo(CallStatus.QUEUED);
        assertThat(story.call.progress().held()).containsExactly(whole("[1]"), recording("https://r/2"));
        story.report(ended(30)).fires(CALL_STARTED, CALL_ENDED, TRANSCRIPT_FINAL, CALL_RECORDING_AVAILABLE);
        assertThat(story.only(CallEvent.RecordingAvailable.class).recording().url())
                .isEqualTo("https://r/2");
    }

    @Test
    void aDifferentOneAfterTheEndFiresAgain() {
        CallStory story = notWaiting()
                .report(ended(30), recording("https://r/1"), whole("[1]"), analysis("won", "s", null))
                .then()
                .report(recording("https://r/2"), whole("[2]"), analysis("won", "t", null))
                .fires(CALL_RECORDING_AVAILABLE, TRANSCRIPT_FINAL, CALL_ANALYZED);
        assertThat(story.call.facts().summary()).isEqualTo("t");
        assertThat(story.messages()).isEqualTo(new Json("[2]"));
    }
}
