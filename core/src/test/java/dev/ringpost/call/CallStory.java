package dev.ringpost.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.Transition.Fired;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call and what it fired while a test reports to it. All reports arrive at one time; {@code at} tells them apart. */
final class CallStory {
    static final Instant T0 = Instant.parse("2026-03-01T10:00:00Z");
    static final Duration WAIT = Duration.ofSeconds(10);

    final List<Fired> fired = new ArrayList<>();
    final List<Transition.Impossible> refusals = new ArrayList<>();
    private final CallMachine machine;
    Call call = Call.create(1, 1, spec(), T0);

    private CallStory(Duration analysisWait) {
        machine = new CallMachine(new CallMachine.Settings(analysisWait));
    }

    static CallStory waiting() {
        return new CallStory(WAIT);
    }

    static CallStory notWaiting() {
        return new CallStory(Duration.ZERO);
    }

    CallStory report(Report... reports) {
        for (Report report : reports) {
            take(machine.apply(call, report, T0));
        }
        return this;
    }

    CallStory setOutcome(@Nullable String outcome) {
        take(machine.setOutcome(call, outcome, T0));
        return this;
    }

    private void take(Transition transition) {
        switch (transition) {
            case Transition.Applied applied -> {
                call = applied.call();
                fired.addAll(applied.fired());
            }
            case Transition.Impossible impossible -> refusals.add(impossible);
        }
    }

    /** Forgets what was fired until here. */
    CallStory then() {
        fired.clear();
        refusals.clear();
        return this;
    }

    CallStory fires(EventType... types) {
        assertThat(types()).containsExactly(types);
        assertThat(refusals).isEmpty();
        return this;
    }

    List<EventType> types() {
        return fired.stream().map(each -> each.event().type()).toList();
    }

    <E extends CallEvent> E only(Class<E> type) {
        List<E> found = fired.stream()
                .map(Fired::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    Json messages() {
        assertThat(call.facts().transcript()).isInstanceOf(Transcript.Kept.class);
        return call.facts().transcript() instanceof Transcript.Kept(Json messages) ? messages : Json.EMPTY_OBJECT;
    }

    static CallSpec spec() {
        return new CallSpec(
                "ext-1",
                "agent-1",
                Direction.OUTBOUND,
                "+14155550100",
                "+14155550123",
                null,
                Json.EMPTY_OBJECT,
                Json.EMPTY_OBJECT,
                new Json("{\"a\":1}"),
                null);
    }

    static Instant at(int second) {
        return T0.plusSeconds(second);
    }

    static Report.Initiated initiated(int second) {
        return new Report.Initiated(at(second));
    }

    static Report.Connected connected(int second) {
        return new Report.Connected(at(second));
    }

    /** Without result: call.ended waits. */
    static Report.Ended ended(int second) {
        return new Report.Ended(at(second), "hangup", null, false, null, null);
    }

    static Report.Ended ended(int second, double duration) {
        return new Report.Ended(at(second), "hangup", duration, false, null, null);
    }

    static Report.Ended endedWith(int second, @Nullable String outcome, @Nullable String summary) {
        return new Report.Ended(at(second), "hangup", null, true, outcome, summary);
    }

    static Report.Failed failed(int second) {
        return new Report.Failed(at(second), "busy");
    }

    static Report.RecordingReady recording(String url) {
        return new Report.RecordingReady(at(50), new Recording(url, 12.5, "mp3", at(99)));
    }

    static Report.TranscriptSaid partial(String messages) {
        return new Report.TranscriptSaid(at(20), new Json(messages), false);
    }

    static Report.TranscriptSaid whole(String messages) {
        return new Report.TranscriptSaid(at(60), new Json(messages), true);
    }

    static Report.Analyzed analysis(@Nullable String outcome, @Nullable String summary, @Nullable String data) {
        return new Report.Analyzed(at(70), outcome, summary, data == null ? null : new Json(data));
    }

    static Report.Stop stop(int second) {
        return new Report.Stop(at(second));
    }

    static Report.AnalysisWaitElapsed elapsed() {
        return new Report.AnalysisWaitElapsed(at(80));
    }

    static Report.Lost lost(int second) {
        return new Report.Lost(at(second));
    }
}
