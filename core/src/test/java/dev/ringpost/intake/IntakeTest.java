package dev.ringpost.intake;

import static dev.ringpost.call.EventType.CALL_ENDED;
import static dev.ringpost.call.EventType.CALL_FAILED;
import static dev.ringpost.call.EventType.CALL_STARTED;
import static dev.ringpost.call.EventType.TRANSCRIPT_FINAL;
import static dev.ringpost.call.EventType.TRANSCRIPT_PARTIAL;
import static dev.ringpost.intake.IntakeRig.T0;
import static dev.ringpost.intake.IntakeRig.WAIT;
import static dev.ringpost.intake.IntakeRig.done;
import static dev.ringpost.intake.IntakeRig.keyed;
import static dev.ringpost.intake.IntakeRig.on;
import static dev.ringpost.intake.IntakeRig.onExternal;
import static dev.ringpost.intake.IntakeRig.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallStatus;
import dev.ringpost.call.Json;
import dev.ringpost.call.Transcript;
import dev.ringpost.id.NumberSource;
import dev.ringpost.store.Event;
import dev.ringpost.webhook.Webhooks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a batch of commands does to calls and events. */
class IntakeTest {
    private final IntakeRig rig = new IntakeRig();

    @Test
    void aCreatedCallIsStoredAndQueued() {
        Call call = done(rig.ask(new CallCommand.Create(1, spec("ext-1")))).call();
        assertThat(rig.call(call.no())).isEqualTo(call);
        assertThat(call.status()).isEqualTo(CallStatus.QUEUED);
        assertThat(call.createdAt()).isEqualTo(T0).isEqualTo(NumberSource.timeOf(call.no()));
    }

    @Test
    void anExternalIdIsTakenInTheStoreAndInTheBatch() {
        List<CallAnswer> answers = rig.process(
                        new CallCommand.Create(1, spec("ext-1")),
                        new CallCommand.Create(1, spec("ext-1")),
                        new CallCommand.Create(2, spec("ext-1")))
                .answers();
        assertThat(answers.get(0)).isInstanceOf(CallAnswer.Done.class);
        assertThat(answers.get(1)).isEqualTo(new CallAnswer.ExternalIdTaken("ext-1"));
        assertThat(answers.get(2)).as("another account's").isInstanceOf(CallAnswer.Done.class);
        assertThat(rig.ask(new CallCommand.Create(1, spec("ext-1"))))
                .isEqualTo(new CallAnswer.ExternalIdTaken("ext-1"));
        assertThat(rig.store.allCalls()).hasSize(2);
    }

    @Test
    void aReportMakesTheCallItNamesAndTwoAtOnceMakeOne() {
        List<CallAnswer> answers = rig.process(
                        onExternal("ext-1", spec(null), rig.connected()),
                        onExternal("ext-1", spec("ext-1"), rig.endedAtOnce()))
                .answers();
        assertThat(done(answers.get(0)).call().no())
                .isEqualTo(done(answers.get(1)).call().no());
        assertThat(rig.fired()).containsExactly(CALL_STARTED, CALL_ENDED);
        assertThat(rig.store.allCalls()).singleElement().satisfies(call -> {
            assertThat(call.spec().externalId()).isEqualTo("ext-1");
            assertThat(call.status()).isEqualTo(CallStatus.COMPLETED);
        });
        rig.process(onExternal("ext-1", spec("ext-1"), rig.recording()));
        assertThat(rig.store.allCalls()).hasSize(1);
    }

    @Test
    void unknownAndForeignCallsAreNotFound() {
        long foreign =
                done(rig.ask(new CallCommand.Create(2, spec("ext-1")))).call().no();
        List<CallAnswer> answers = rig.process(
                        on(foreign, rig.connected()),
                        on(12345, rig.connected()),
                        onExternal("ext-1", null, rig.connected()),
                        new CallCommand.SetOutcome(1, foreign, "won"))
                .answers();
        assertThat(answers).hasSize(4).allMatch(new CallAnswer.NotFound()::equals);
        assertThat(rig.call(foreign).status()).isEqualTo(CallStatus.QUEUED);
        assertThat(rig.store.events()).isEmpty();
    }

    @Test
    void aRefusedReportRefusesNoOther() {
        long call = rig.create(spec(null));
        long other = rig.create(spec(null));
        List<CallAnswer> answers = rig.process(
                        on(call, rig.failed()), on(call, rig.connected()), on(other, rig.connected()))
                .answers();
        assertThat(answers.get(1)).isInstanceOf(CallAnswer.Impossible.class);
        assertThat(((CallAnswer.Impossible) answers.get(1)).from()).isEqualTo("failed");
        assertThat(rig.fired()).containsExactly(CALL_FAILED, CALL_STARTED);
    }

    @Test
    void reportsOfOneCallInABatchFoldInOrder() {
        long call = rig.create(spec("ext-1"));
        List<CallAnswer> answers = rig.process(
                        on(call, rig.connected()),
                        onExternal("ext-1", null, rig.partial("[1]")),
                        on(call, rig.ended()),
                        onExternal("ext-1", null, rig.analysis()))
                .answers();
        assertThat(answers.stream().map(answer -> done(answer).events().size())).containsExactly(1, 1, 0, 2);
        assertThat(rig.store.events()).extracting(Event::sequence).containsExactly(1, 2, 3, 4);
        assertThat(rig.store.takeStatements()).containsOnlyOnce("updateCalls");
        assertThat(rig.call(call).progress().lastEvent())
                .isEqualTo(rig.store.events().getLast().no());
    }

    @Test
    void anAnswerSaysWhatIsPending() {
        long call = rig.create(spec(null));
        CallAnswer.Done ended = done(rig.ask(on(call, rig.ended())));
        assertThat(ended.pending()).containsExactly(new CallAnswer.Pending(CALL_ENDED, T0.plus(WAIT)));
        CallAnswer.Done again = done(rig.ask(on(call, rig.ended())));
        assertThat(again.pending()).hasSize(1);
        assertThat(done(rig.ask(on(call, rig.analysis()))).pending()).isEmpty();
    }

    @Test
    void aKnownIdempotencyKeyChangesNothing() {
        long call = rig.create(spec(null));
        long other = rig.create(spec(null));
        rig.process(keyed(call, rig.partial("[1]"), "k1"), keyed(call, rig.partial("[2]"), "k1"));
        rig.process(keyed(call, rig.partial("[3]"), "k1"), keyed(other, rig.partial("[3]"), "k1"));
        assertThat(rig.fired()).containsExactly(CALL_STARTED, TRANSCRIPT_PARTIAL, CALL_STARTED, TRANSCRIPT_PARTIAL);
        Call before = rig.call(call);
        rig.process(keyed(call, rig.partial("[4]"), "k1"));
        assertThat(rig.call(call)).isEqualTo(before);
        assertThat(rig.store.takeStatements()).containsExactly("calls", "knownReportKeys");
    }

    @Test
    void aRefusedReportsKeyIsNotKept() {
        long call = rig.create(spec(null));
        rig.process(on(call, rig.failed()));
        assertThat(rig.ask(keyed(call, rig.connected(), "k1"))).isInstanceOf(CallAnswer.Impossible.class);
        assertThat(rig.ask(keyed(call, rig.connected(), "k1"))).isInstanceOf(CallAnswer.Impossible.class);
    }

    @Test
    void whatSaysNothingNewWritesNothing() {
        long call = rig.create(spec(null));
        rig.process(on(call, rig.connected()));
        Call before = rig.call(call);
        rig.now = T0.plusSeconds(5);
        rig.process(on(call, rig.connected()));
        assertThat(rig.store.takeStatements()).containsExactly("calls");
        assertThat(rig.call(call)).isEqualTo(before);
    }

    @Test
    void aTranscriptIsStoredOnceWithTheEventThatCarriesIt() {
        long call = rig.create(spec(null));
        rig.process(on(call, rig.partial("[1]")));
        assertThat(rig.call(call).facts().transcript())
                .isEqualTo(new Transcript.InEvent(rig.store.events().getLast().no()));

        rig.process(on(call, rig.endedAtOnce()), on(call, rig.partial("[1,2]")));
        assertThat(rig.call(call).facts().transcript())
                .as("no event carries it")
                .isEqualTo(new Transcript.Kept(new Json("[1,2]")));

        rig.process(on(call, rig.whole("[1,2,3]")));
        Event last = rig.store.events().getLast();
        assertThat(last.type()).isEqualTo(TRANSCRIPT_FINAL);
        assertThat(rig.call(call).facts().transcript()).isEqualTo(new Transcript.InEvent(last.no()));
    }

    @Test
    void aTranscriptThatIsReleasedPointsToItsEventTooThoughMoreFollow() {
        long call = rig.create(spec(null));
        rig.process(on(call, rig.whole("[1]")), on(call, rig.recording()), on(call, rig.endedAtOnce()));
        List<Event> events = rig.store.events();
        assertThat(events.get(2).type()).isEqualTo(TRANSCRIPT_FINAL);
        assertThat(rig.call(call).facts().transcript())
                .isEqualTo(new Transcript.InEvent(events.get(2).no()));
        assertThat(rig.call(call).progress().lastEvent())
                .isEqualTo(events.get(3).no());
    }

    @Test
    void aCallsEventNumbersGrowThoughTheClockGoesBack() {
        long call = rig.create(spec(null));
        rig.process(on(call, rig.connected()));
        long ahead = rig.store.events().getLast().no() + 1_000_000_000_000L;
        Call stored = rig.call(call);
        rig.store.write(tx -> tx.updateCalls(
                List.of(stored.with(stored.facts(), stored.progress().withLastEvent(ahead)))));
        rig.process(on(call, rig.endedAtOnce()), on(call, rig.recording()));
        assertThat(rig.store.events().stream().map(Event::no))
                .isSorted()
                .filteredOn(no -> no > ahead)
                .hasSize(2)
                .doesNotHaveDuplicates();
    }

    @Test
    void anOutcomeSetByAUserStays() {
        long call = rig.create(spec(null));
        assertThat(rig.ask(new CallCommand.SetOutcome(1, call, "sold"))).isInstanceOf(CallAnswer.Impossible.class);
        List<CallAnswer> answers = rig.process(
                        on(call, rig.endedAtOnce()),
                        new CallCommand.SetOutcome(1, call, "sold"),
                        on(call, rig.analysis()))
                .answers();
        assertThat(done(answers.get(1)).events()).isEmpty();
        assertThat(rig.call(call).facts().outcome()).isEqualTo("sold");
    }

    @Test
    void aThousandReportsCostAsManyStatementsAsOne() {
        List<CallCommand> creates = new ArrayList<>();
        List<CallCommand> reports = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            creates.add(new CallCommand.Create(1, spec("ext-" + i)));
            reports.add(onExternal("ext-" + i, spec(null), rig.connected()));
        }
        rig.with(Webhooks.all(7));
        rig.process(creates.toArray(CallCommand[]::new));
        assertThat(rig.store.takeStatements())
                .containsExactly("callsByExternalId", "erased", "insertCalls", "setTimers");
        rig.now = T0.plus(Duration.ofSeconds(1));
        rig.process(reports.toArray(CallCommand[]::new));
        assertThat(rig.store.takeStatements())
                .containsExactly(
                        "callsByExternalId", "subscriptions", "webhooks", "updateCalls", "insertEvents", "insertFresh");
    }
}
