package dev.ringpost.intake;

import static dev.ringpost.intake.IntakeRig.onExternal;
import static dev.ringpost.intake.IntakeRig.ownWebhook;
import static dev.ringpost.intake.IntakeRig.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.CallWebhook;
import dev.ringpost.call.EventType;
import dev.ringpost.call.Report;
import dev.ringpost.store.Event;
import dev.ringpost.webhook.Webhooks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However the writer cuts what waits into batches, the same becomes of it. */
class IntakePropertyTest {
    private static final IntakeRig REPORTS = new IntakeRig();

    @Provide
    Arbitrary<List<CallCommand>> commands() {
        Arbitrary<String> calls = Arbitraries.of("a", "b", "c");
        Arbitrary<Report> reports = Arbitraries.of(
                REPORTS.connected(),
                REPORTS.partial("[1]"),
                REPORTS.partial("[1,2]"),
                REPORTS.ended(),
                REPORTS.endedAtOnce(),
                REPORTS.failed(),
                REPORTS.analysis(),
                REPORTS.recording(),
                REPORTS.whole("[1,2,3]"),
                new Report.Stop(IntakeRig.T0));
        Arbitrary<CallCommand> applies = Combinators.combine(calls, reports).as(IntakePropertyTest::apply);
        Arbitrary<CallCommand> keyed = Combinators.combine(calls, reports, Arbitraries.of("k1", "k2"))
                .as((call, report, key) ->
                        new CallCommand.Apply(1, apply(call, report).call(), report, key));
        Arbitrary<CallCommand> creates = calls.map(call -> new CallCommand.Create(1, spec(call)));
        return Arbitraries.oneOf(List.of(applies, keyed, creates)).list().ofMaxSize(30);
    }

    /** Call "b" makes itself with a webhook of its own. */
    private static CallCommand.Apply apply(String call, Report report) {
        CallWebhook own = call.equals("b") ? ownWebhook(CallWebhook.Mode.IN_ADDITION) : null;
        return onExternal(call, spec(call, null, own), report);
    }

    @Property
    void oneBatchDoesWhatManyDo(@ForAll("commands") List<CallCommand> commands) {
        IntakeRig whole = rig();
        List<CallAnswer> together =
                whole.process(commands.toArray(CallCommand[]::new)).answers();
        IntakeRig cut = rig();
        List<CallAnswer> apart = new ArrayList<>();
        commands.forEach(command -> apart.add(cut.ask(command)));

        assertThat(kinds(together)).isEqualTo(kinds(apart));
        assertThat(events(whole)).isEqualTo(events(cut));
        assertThat(whole.store.fresh()).hasSameSizeAs(cut.store.fresh());
        assertThat(whole.store.allCalls().stream().map(call -> call.status()))
                .containsExactlyElementsOf(
                        cut.store.allCalls().stream().map(call -> call.status()).toList());
    }

    private static IntakeRig rig() {
        return new IntakeRig().with(Webhooks.all(1), Webhooks.account(2, EventType.TRANSCRIPT_PARTIAL));
    }

    private static List<String> kinds(List<CallAnswer> answers) {
        return answers.stream()
                .map(answer -> switch (answer) {
                    case CallAnswer.Done done ->
                        done.call().status() + " " + done.events().size();
                    case CallAnswer.Impossible impossible -> impossible.from() + " " + impossible.report();
                    case CallAnswer.NotFound _ -> "not found";
                    case CallAnswer.Erased _ -> "erased";
                    case CallAnswer.WasErased _ -> "was erased";
                    case CallAnswer.ExternalIdTaken taken -> "taken " + taken.externalId();
                })
                .toList();
    }

    /** By external id, the call's events in order. */
    private static Map<String, List<String>> events(IntakeRig rig) {
        Map<String, List<String>> events = new HashMap<>();
        for (Event event : rig.store.events()) {
            String call = String.valueOf(rig.call(event.call()).spec().externalId());
            events.computeIfAbsent(call, _ -> new ArrayList<>()).add(event.sequence() + " " + event.type());
        }
        return events;
    }
}
