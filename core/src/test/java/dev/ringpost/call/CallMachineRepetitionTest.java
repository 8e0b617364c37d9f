package dev.ringpost.call;

import static dev.ringpost.call.CallStory.analysis;
import static dev.ringpost.call.CallStory.at;
import static dev.ringpost.call.CallStory.connected;
import static dev.ringpost.call.CallStory.ended;
import static dev.ringpost.call.CallStory.endedWith;
import static dev.ringpost.call.CallStory.failed;
import static dev.ringpost.call.CallStory.initiated;
import static dev.ringpost.call.CallStory.notWaiting;
import static dev.ringpost.call.CallStory.partial;
import static dev.ringpost.call.CallStory.recording;
import static dev.ringpost.call.CallStory.waiting;
import static dev.ringpost.call.CallStory.whole;
import static dev.ringpost.call.EventType.CALL_ANALYZED;
import static dev.ringpost.call.EventType.CALL_ENDED;
import static dev.ringpost.call.EventType.CALL_FAILED;
import static dev.ringpost.call.EventType.CALL_STARTED;
import static dev.ringpost.call.EventType.TRANSCRIPT_FINAL;
import static dev.ringpost.call.EventType.TRANSCRIPT_PARTIAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is the same report again, and what partial transcripts do. */
class CallMachineRepetitionTest {
    static Stream<Report> everyReport() {
        return Stream.of(
                initiated(1),
                connected(2),
                ended(3),
                endedWith(3, "won", "s"),
                failed(4),
                recording("https://r/1"),
                partial("[1]"),
                whole("[1]"),
                analysis("won", "s", "{}"));
    }

    @ParameterizedTest
    @MethodSource("everyReport")
    void theSameReportAgainGivesBackTheSameCall(Report report) {
        CallStory story = waiting().report(report);
        Call before = story.call;
        story.then().report(report).fires();
        assertThat(story.call).isSameAs(before);
    }

    @Test
    void onlyTheTimeMayDiffer() {
        CallStory story =
                notWaiting().report(connected(3)).then().report(connected(9)).fires();
        assertThat(story.call.facts().startedAt()).isEqualTo(at(3));
        story.report(ended(30, 12)).then().report(ended(31, 12.0)).fires();
        assertThat(story.call.facts().endedAt()).isEqualTo(at(30));
    }

    @Test
    void theSameReportAgainIsNoErrorWhateverTheState() {
        waiting()
                .report(initiated(1), recording("https://r/1"), failed(5))
                .fires(CALL_FAILED)
                .then()
                .report(initiated(1), recording("https://r/1"), failed(5))
                .fires();
    }

    @Test
    void fieldsDoNotRunIntoEachOther() {
        CallStory story = notWaiting().report(ended(30), analysis("ab", "c", null));
        story.then().report(analysis("a", "bc", null)).fires(CALL_ANALYZED);
        story.then().report(analysis(null, "abc", null)).fires(CALL_ANALYZED);
        story.then().report(analysis("", "abc", null)).fires(CALL_ANALYZED);
    }

    @Test
    void eachNewPartialReplacesTheMessages() {
        CallStory story = waiting()
                .report(connected(3), partial("[1]"), partial("[1]"), partial("[1,2]"))
                .fires(CALL_STARTED, TRANSCRIPT_PARTIAL, TRANSCRIPT_PARTIAL);
        assertThat(story.messages()).isEqualTo(new Json("[1,2]"));
        assertThat(story.call.progress().livePartial()).isEqualTo(3);
    }

    @Test
    void aPartialIsKnownAgainBehindAFinalTranscript() {
        waiting()
                .report(connected(3), partial("[1]"), whole("[1,2]"))
                .then()
                .report(partial("[1]"))
                .fires();
    }

    @Test
    void noPartialIsAliveAfterTheEnd() {
        CallStory story = waiting().report(connected(3), partial("[1]"), ended(30));
        assertThat(story.call.progress().endedFired()).isFalse();
        assertThat(story.call.progress().livePartial()).isZero();
    }

    @Test
    void aPartialAfterTheEndReplacesTheMessagesUntilTheFinalOneIsKnown() {
        CallStory story = waiting()
                .report(connected(3), partial("[1]"), ended(30))
                .then()
                .report(partial("[1,2]"))
                .fires();
        assertThat(story.messages()).isEqualTo(new Json("[1,2]"));
        story.report(whole("[1,2,3]"), partial("[1,2,9]")).fires();
        assertThat(story.messages()).as("the final one is held").isEqualTo(new Json("[1,2]"));
        story.report(analysis(null, null, null)).fires(CALL_ENDED, CALL_ANALYZED, TRANSCRIPT_FINAL);
        story.then().report(partial("[8]")).fires();
        assertThat(story.messages()).isEqualTo(new Json("[1,2,3]"));
    }

    @Test
    void aPartialGoesOnWhileAnEarlyFinalIsHeld() {
        waiting()
                .report(connected(3), whole("[1,2]"))
                .then()
                .report(partial("[1]"))
                .fires(TRANSCRIPT_PARTIAL);
    }
}
