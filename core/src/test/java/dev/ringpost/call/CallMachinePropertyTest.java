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
import static dev.ringpost.call.CallStory.partial;
import static dev.ringpost.call.CallStory.recording;
import static dev.ringpost.call.CallStory.stop;
import static dev.ringpost.call.CallStory.whole;
import static dev.ringpost.call.EventType.CALL_ANALYZED;
import static dev.ringpost.call.EventType.CALL_ENDED;
import static dev.ringpost.call.EventType.CALL_FAILED;
import static dev.ringpost.call.EventType.CALL_RECORDING_AVAILABLE;
import static dev.ringpost.call.EventType.CALL_STARTED;
import static dev.ringpost.call.EventType.TRANSCRIPT_FINAL;
import static dev.ringpost.call.EventType.TRANSCRIPT_PARTIAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds whatever order a call's reports come in, and however often. */
class CallMachinePropertyTest {
    private static final Set<EventType> BEHIND_THE_END =
            Set.of(CALL_ANALYZED, CALL_RECORDING_AVAILABLE, TRANSCRIPT_FINAL);
    private static final Report.Analyzed ANALYSIS = analysis("won", "s", "{\"x\":1}");

    /** One `ended`, any of the others, each once or more, shuffled; the wait may elapse at any time. */
    @Provide
    Arbitrary<List<Report>> connectedCall() {
        Arbitrary<Report> end = Arbitraries.of(
                ended(30),
                ended(30, 12),
                endedWith(30, null, null),
                endedWith(30, "won", "s"),
                endedWith(30, "lost", null));
        Arbitrary<Set<Report>> others = Arbitraries.<Report>of(
                        initiated(1),
                        connected(2),
                        partial("[1]"),
                        recording("https://r/1"),
                        whole("[1,2]"),
                        ANALYSIS,
                        elapsed())
                .set();
        return end.flatMap(one -> others.flatMap(some -> {
            List<Report> reports = new ArrayList<>(some);
            reports.add(one);
            return repeated(reports);
        }));
    }

    @Provide
    Arbitrary<List<Report>> failedCall() {
        return Arbitraries.<Report>of(initiated(1), recording("https://r/1"), whole("[1,2]"), ANALYSIS, elapsed())
                .set()
                .flatMap(some -> {
                    List<Report> reports = new ArrayList<>(some);
                    reports.add(failed(5));
                    return repeated(reports);
                });
    }

    @Provide
    Arbitrary<List<Report>> anything() {
        return Arbitraries.<Report>of(
                        initiated(1),
                        connected(2),
                        ended(30),
                        ended(31, 12),
                        endedWith(32, "won", "s"),
                        failed(5),
                        new Report.Failed(at(6), "no_answer"),
                        recording("https://r/1"),
                        recording("https://r/2"),
                        partial("[1]"),
                        partial("[1,2]"),
                        whole("[1,2,3]"),
                        whole("[4]"),
                        ANALYSIS,
                        analysis(null, "t", null),
                        stop(40),
                        elapsed(),
                        lost(90))
                .list()
                .ofMaxSize(25);
    }

    private static Arbitrary<List<Report>> repeated(List<Report> reports) {
        return Arbitraries.of(reports).list().ofMaxSize(6).flatMap(again -> {
            List<Report> all = new ArrayList<>(reports);
            all.addAll(again);
            return Arbitraries.shuffle(all);
        });
    }

    @Property(tries = 5000)
    void aConnectedCallFiresTheSameEventsInAnyOrder(@ForAll("connectedCall") List<Report> reports) {
        CallStory story = CallStory.waiting();
        story.report(reports.toArray(Report[]::new)).report(elapsed());

        assertThat(story.refusals).isEmpty();
        assertThat(sorted(story.types())).isEqualTo(sorted(expected(reports)));
        assertOrder(story);
        assertThat(story.call.status()).isEqualTo(CallStatus.COMPLETED);
        if (reports.contains(whole("[1,2]"))) {
            assertThat(story.messages()).isEqualTo(new Json("[1,2]"));
        }
        if (reports.contains(ANALYSIS)) {
            assertThat(story.call.facts().analysis()).isEqualTo(ANALYSIS.data());
            assertThat(story.call.facts().outcome()).isEqualTo("won");
        }
        if (reports.contains(connected(2)) || reports.contains(ended(30, 12))) {
            assertThat(story.call.facts().startedAt()).isNotNull();
            assertThat(story.call.facts().durationSeconds()).isNotNull();
        }
    }

    private static List<EventType> expected(List<Report> reports) {
        Set<Object> analyses = new HashSet<>();
        List<EventType> expected = new ArrayList<>(List.of(CALL_STARTED, CALL_ENDED));
        for (Report report : reports) {
            if (report instanceof Report.Analyzed analyzed) {
                analyses.add(List.of(String.valueOf(analyzed.outcome()), String.valueOf(analyzed.data())));
            } else if (report instanceof Report.Ended end && end.outcome() != null) {
                analyses.add(List.of(end.outcome(), "null"));
            }
        }
        List<Report> talk = reports.stream()
                .takeWhile(report -> !(report instanceof Report.Ended))
                .toList();
        if (talk.contains(partial("[1]"))) {
            expected.add(TRANSCRIPT_PARTIAL);
        }
        expected.addAll(Collections.nCopies(analyses.size(), CALL_ANALYZED));
        if (reports.contains(recording("https://r/1"))) {
            expected.add(CALL_RECORDING_AVAILABLE);
        }
        if (reports.contains(whole("[1,2]"))) {
            expected.add(TRANSCRIPT_FINAL);
        }
        return expected;
    }

    private static List<EventType> sorted(List<EventType> types) {
        return types.stream().sorted().toList();
    }

    @Property
    void aFailedCallFiresNothingElse(@ForAll("failedCall") List<Report> reports) {
        CallStory story = CallStory.waiting();
        story.report(reports.toArray(Report[]::new));
        assertThat(story.types()).containsExactly(CALL_FAILED);
        assertThat(story.call.progress().held()).isEmpty();
        assertThat(story.call.progress().nextSequence()).isEqualTo(2);
        Set<Report> before = new HashSet<>(reports.subList(0, reports.indexOf(failed(5))));
        List<Report> unheard = reports.subList(reports.indexOf(failed(5)), reports.size()).stream()
                .filter(report -> !(report instanceof Report.Failed || report.equals(elapsed())))
                .filter(report -> !before.contains(report))
                .toList();
        assertThat(story.refusals).hasSameSizeAs(unheard);
    }

    @Property(tries = 5000)
    void whateverIsReportedTheEventsMakeSense(@ForAll("anything") List<Report> reports) {
        CallStory story = CallStory.waiting();
        for (Report report : reports) {
            Call before = story.call;
            int refusals = story.refusals.size();
            story.report(report);
            assertThat(story.call.status()).isGreaterThanOrEqualTo(before.status());
            assertThat(before.status().isOver()).isIn(false, story.call.status() == before.status());
            if (story.refusals.size() > refusals) {
                assertThat(story.call).isSameAs(before);
            }
        }
        assertOrder(story);
        CallProgress progress = story.call.progress();
        assertThat(progress.endedFired()).isEqualTo(story.types().contains(CALL_ENDED));
        if (progress.endedFired() || story.call.status() == CallStatus.FAILED) {
            assertThat(progress.held()).isEmpty();
            assertThat(progress.endedWaitsUntil()).isNull();
        } else if (story.call.status() == CallStatus.COMPLETED) {
            assertThat(progress.endedWaitsUntil()).isNotNull();
        }
        if (story.call.status() != CallStatus.IN_PROGRESS) {
            assertThat(progress.livePartial()).isZero();
        }
    }

    /** Sequences without gaps; started, partials, ended, what waits for the end; or failed and nothing else. */
    private static void assertOrder(CallStory story) {
        List<EventType> types = story.types();
        assertThat(story.fired)
                .extracting(Transition.Fired::sequence)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, types.size()).boxed().toList());
        assertThat(story.call.progress().nextSequence()).isEqualTo(types.size() + 1);
        if (types.contains(CALL_FAILED)) {
            assertThat(types).containsExactly(CALL_FAILED);
        } else if (!types.isEmpty()) {
            assertThat(types.getFirst()).isEqualTo(CALL_STARTED);
            assertThat(types).containsOnlyOnce(CALL_STARTED);
            int end = types.indexOf(CALL_ENDED);
            int talkEnds = end < 0 ? types.size() : end;
            assertThat(types.subList(1, talkEnds)).allMatch(TRANSCRIPT_PARTIAL::equals);
            if (end >= 0) {
                assertThat(types.subList(end + 1, types.size())).allMatch(BEHIND_THE_END::contains);
            }
        }
    }
}
