package dev.ringpost.intake;

import static dev.ringpost.call.EventType.CALL_ENDED;
import static dev.ringpost.call.EventType.CALL_STARTED;
import static dev.ringpost.call.EventType.TRANSCRIPT_FINAL;
import static dev.ringpost.call.EventType.TRANSCRIPT_PARTIAL;
import static dev.ringpost.intake.IntakeRig.done;
import static dev.ringpost.intake.IntakeRig.on;
import static dev.ringpost.intake.IntakeRig.ownWebhook;
import static dev.ringpost.intake.IntakeRig.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.CallWebhook;
import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.store.Event;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;
import dev.ringpost.webhook.Webhooks;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** Where the events of a batch go, and which waiting partials they overtake. */
class IntakeDeliveriesTest {
    private final IntakeRig rig = new IntakeRig();

    private static Tuple row(long endpoint, EventType type, boolean supersedes) {
        return Tuple.tuple(endpoint, type, supersedes);
    }

    private static List<Tuple> rows(Intake.Result result) {
        return result.committed().stream()
                .map(each -> row(each.delivery().endpoint(), each.delivery().type(), each.supersedesPartials()))
                .toList();
    }

    @Test
    void eachSubscribedWebhookGetsADelivery() {
        rig.with(Webhooks.all(1), Webhooks.account(2, CALL_ENDED), Webhooks.paused(Webhooks.all(3)));
        long call = rig.create(spec(null));
        Intake.Result result = rig.process(on(call, rig.endedAtOnce()));
        assertThat(rows(result))
                .containsExactly(row(1, CALL_STARTED, false), row(1, CALL_ENDED, false), row(2, CALL_ENDED, false));
        assertThat(rig.store.fresh())
                .containsExactlyElementsOf(
                        result.committed().stream().map(Committed::delivery).toList());
        Event started = rig.store.events().getFirst();
        Committed first = result.committed().getFirst();
        assertThat(first.delivery()).isEqualTo(new Delivery(started.no(), 1, 1, call, 1, CALL_STARTED));
        assertThat(first.payload()).isSameAs(started.payload());
        assertThat(first.webhook().no()).isEqualTo(1);
    }

    @Test
    void anotherAccountsWebhooksGetNothing() {
        rig.with(Webhooks.all(1));
        long foreign =
                done(rig.ask(new CallCommand.Create(2, spec(null)))).call().no();
        Intake.Result result =
                rig.process(new CallCommand.Apply(2, new CallCommand.CallRef.ByNumber(foreign), rig.connected(), null));
        assertThat(rig.store.events()).hasSize(1);
        assertThat(result.committed()).isEmpty();
    }

    @Test
    void callsWithOneUrlShareAnEndpoint() {
        rig.with(Webhooks.all(1));
        long first = rig.create(spec(null, null, ownWebhook(CallWebhook.Mode.INSTEAD)));
        long second = rig.create(spec(null, null, ownWebhook(CallWebhook.Mode.IN_ADDITION)));
        CallWebhook own = Objects.requireNonNull(rig.call(first).spec().webhook());
        assertThat(own).isEqualTo(ownWebhook(CallWebhook.Mode.INSTEAD).withEndpoint(own.endpoint()));
        assertThat(own.endpoint()).isNotZero();
        assertThat(rows(rig.process(on(first, rig.connected()), on(second, rig.connected()))))
                .containsExactly(
                        row(own.endpoint(), CALL_STARTED, false),
                        row(1, CALL_STARTED, false),
                        row(own.endpoint(), CALL_STARTED, false));
    }

    @Test
    void oneUrlGetsAnEventOnce() {
        rig.with(Webhooks.of(1, WebhookKind.ACCOUNT, "https://own.example/hook", Set.of(CALL_STARTED)));
        long call = rig.create(spec(null, null, ownWebhook(CallWebhook.Mode.IN_ADDITION)));
        assertThat(rows(rig.process(on(call, rig.connected())))).containsExactly(row(1, CALL_STARTED, false));
    }

    @Test
    void anUnsubscribedEventStillHasItsSequence() {
        rig.with(Webhooks.account(1, TRANSCRIPT_FINAL));
        long call = rig.create(spec(null));
        Intake.Result result = rig.process(on(call, rig.endedAtOnce()), on(call, rig.whole("[]")));
        assertThat(rig.store.events()).hasSize(3);
        assertThat(result.committed())
                .singleElement()
                .satisfies(each -> assertThat(each.delivery().sequence()).isEqualTo(3));
    }

    @Test
    void theEndOvertakesPartialsWhereItDoesNotGo() {
        rig.with(
                Webhooks.account(1, TRANSCRIPT_PARTIAL),
                Webhooks.account(2, TRANSCRIPT_PARTIAL, CALL_ENDED),
                Webhooks.account(3, CALL_ENDED));
        long call = rig.create(spec(null));
        rig.process(on(call, rig.partial("[1]")));
        Intake.Result result = rig.process(on(call, rig.endedAtOnce()));
        assertThat(rows(result))
                .containsExactlyInAnyOrder(
                        row(2, CALL_ENDED, false), row(3, CALL_ENDED, false), row(1, CALL_ENDED, true));
        assertThat(rig.store.fresh()).noneMatch(each -> each.endpoint() == 1 && each.type() == CALL_ENDED);
        assertThat(rows(rig.process(on(call, rig.whole("[1]"))))).isEmpty();
    }

    @Test
    void theEndOvertakesPartialsAtOnceThoughCallEndedWaits() {
        rig.with(Webhooks.account(1, TRANSCRIPT_PARTIAL, CALL_ENDED));
        long call = rig.create(spec(null));
        Delivery partial =
                rig.process(on(call, rig.partial("[1]"))).committed().getLast().delivery();
        Intake.Result ended = rig.process(on(call, rig.ended()));
        assertThat(rows(ended)).containsExactly(row(1, CALL_ENDED, true));
        Delivery marker = ended.committed().getFirst().delivery();
        assertThat(marker.event()).isGreaterThan(partial.event());
        assertThat(marker.sequence()).isGreaterThan(partial.sequence());
        assertThat(rig.store.fresh()).containsExactly(partial);
        assertThat(rows(rig.process(on(call, rig.analysis())))).containsExactly(row(1, CALL_ENDED, false));
    }

    @Test
    void aNewerPartialOvertakesWhereAPauseKeepsItOut() {
        Webhook webhook = Webhooks.account(1, TRANSCRIPT_PARTIAL);
        rig.with(webhook);
        long call = rig.create(spec(null));
        rig.process(on(call, rig.partial("[1]")));
        assertThat(rows(rig.process(on(call, rig.partial("[1,2]")))))
                .containsExactly(row(1, TRANSCRIPT_PARTIAL, false));
        rig.store.write(tx -> tx.updateWebhook(Webhooks.paused(webhook)));
        assertThat(rows(rig.process(on(call, rig.partial("[1,2,3]")))))
                .containsExactly(row(1, TRANSCRIPT_PARTIAL, true));
    }

    @Test
    void withoutAPartialNothingIsOvertaken() {
        rig.with(Webhooks.account(1, TRANSCRIPT_PARTIAL));
        long call = rig.create(spec(null));
        assertThat(rig.process(on(call, rig.connected()), on(call, rig.ended()), on(call, rig.analysis()))
                        .committed())
                .isEmpty();
    }

    @Test
    void whatIsCommittedIsInOrderOfEventNumber() {
        rig.with(Webhooks.all(1));
        long ahead = rig.create(spec(null));
        long other = rig.create(spec(null));
        rig.process(on(ahead, rig.connected()));
        var stored = rig.call(ahead);
        rig.store.write(tx -> tx.updateCalls(List.of(
                stored.with(stored.facts(), stored.progress().withLastEvent(rig.numbers.next() + 1_000_000_000L)))));
        Intake.Result result = rig.process(on(ahead, rig.partial("[1]")), on(other, rig.connected()));
        assertThat(result.committed())
                .extracting(each -> each.delivery().event())
                .isSorted();
        assertThat(rows(result)).containsExactly(row(1, CALL_STARTED, false), row(1, TRANSCRIPT_PARTIAL, false));
    }
}
