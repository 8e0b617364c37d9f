package dev.ringpost.webhook;

import static dev.ringpost.call.EventType.CALL_ENDED;
import static dev.ringpost.call.EventType.CALL_STARTED;
import static dev.ringpost.call.EventType.TRANSCRIPT_PARTIAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.CallSpec;
import dev.ringpost.call.CallWebhook;
import dev.ringpost.call.CallWebhook.Mode;
import dev.ringpost.call.Direction;
import dev.ringpost.call.EventType;
import dev.ringpost.store.Given;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SubscriptionsTest {
    private static final String URL = "https://own.example/hook";
    private static final Set<EventType> ALL = Set.of(EventType.values());
    private static final Webhook OWN = Webhooks.ofCall(9, URL);
    private static final CallSpec PLAIN = spec(null);

    private static CallSpec spec(@Nullable CallWebhook webhook) {
        return Given.spec(null, "agent-1", Direction.INBOUND, webhook);
    }

    private static CallSpec with(Mode mode, Set<EventType> events) {
        return spec(new CallWebhook(URL, mode, events, OWN.no()));
    }

    private static List<Long> receivers(CallSpec call, @Nullable Webhook own, EventType type, Webhook... webhooks) {
        return subscriptions(webhooks).receivers(call, own, type, numbers -> find(numbers, webhooks)).stream()
                .map(Webhook::no)
                .toList();
    }

    private static List<Long> holders(CallSpec call, @Nullable Webhook own, Webhook... webhooks) {
        return subscriptions(webhooks).partialHolders(call, own, numbers -> find(numbers, webhooks)).stream()
                .map(Webhook::no)
                .toList();
    }

    private static Subscriptions subscriptions(Webhook... webhooks) {
        return new Subscriptions(Stream.of(webhooks).map(Subscription::of).toList());
    }

    private static List<Webhook> find(List<Long> numbers, Webhook... webhooks) {
        return Stream.of(webhooks)
                .filter(webhook -> numbers.contains(webhook.no()))
                .toList();
    }

    @Test
    void activeAccountWebhooksThatSubscribedGetIt() {
        Webhook wants = Webhooks.account(1, CALL_STARTED, CALL_ENDED);
        Webhook other = Webhooks.account(2, CALL_ENDED);
        Webhook paused = Webhooks.paused(Webhooks.account(3, CALL_STARTED));
        assertThat(receivers(PLAIN, null, CALL_STARTED, wants, other, paused)).containsExactly(1L);
        assertThat(receivers(PLAIN, null, CALL_ENDED, wants, other, paused)).containsExactly(1L, 2L);
    }

    @Test
    void agentsAndDirectionsNarrow() {
        Webhook agent = Webhooks.with(Webhooks.all(1), Set.of("agent-1"), Set.of());
        Webhook otherAgent = Webhooks.with(Webhooks.all(2), Set.of("agent-2"), Set.of());
        Webhook inbound = Webhooks.with(Webhooks.all(3), Set.of(), Set.of(Direction.INBOUND, Direction.WEB));
        Webhook outbound = Webhooks.with(Webhooks.all(4), Set.of("agent-1"), Set.of(Direction.OUTBOUND));
        assertThat(receivers(PLAIN, null, CALL_STARTED, agent, otherAgent, inbound, outbound))
                .containsExactly(1L, 3L);
        assertThat(holders(PLAIN, null, agent, otherAgent, inbound, outbound)).containsExactly(1L, 3L);
    }

    @Test
    void insteadLeavesTheAccountOut() {
        CallSpec call = with(Mode.INSTEAD, Set.of(CALL_STARTED));
        assertThat(receivers(call, OWN, CALL_STARTED, Webhooks.all(1))).containsExactly(9L);
        assertThat(receivers(call, OWN, CALL_ENDED, Webhooks.all(1)))
                .as("an event left out goes to nobody")
                .isEmpty();
        assertThat(holders(call, OWN, Webhooks.all(1))).isEmpty();
    }

    @Test
    void inAdditionJoinsTheAccount() {
        CallSpec call = with(Mode.IN_ADDITION, Set.of(CALL_STARTED));
        assertThat(receivers(call, OWN, CALL_STARTED, Webhooks.all(1))).containsExactly(1L, 9L);
        assertThat(receivers(call, OWN, CALL_ENDED, Webhooks.all(1))).containsExactly(1L);
    }

    @Test
    void oneUrlGetsAnEventOnce() {
        CallSpec call = with(Mode.IN_ADDITION, ALL);
        Webhook twin = Webhooks.of(1, WebhookKind.ACCOUNT, URL, Set.of(CALL_STARTED));
        assertThat(receivers(call, OWN, CALL_STARTED, twin)).containsExactly(1L);
        assertThat(receivers(call, OWN, CALL_ENDED, twin))
                .as("the account webhook doesn't get this one")
                .containsExactly(9L);
        assertThat(receivers(call, OWN, CALL_STARTED, Webhooks.paused(twin)))
                .as("nor does a paused one")
                .containsExactly(9L);
        assertThat(receivers(with(Mode.INSTEAD, ALL), OWN, CALL_STARTED, twin)).containsExactly(9L);
    }

    @Test
    void aPausedOrDeletedEndpointOfACallGetsNothing() {
        CallSpec call = with(Mode.INSTEAD, ALL);
        assertThat(receivers(call, Webhooks.paused(OWN), CALL_STARTED, Webhooks.all(1)))
                .isEmpty();
        assertThat(receivers(call, null, CALL_STARTED, Webhooks.all(1))).isEmpty();
    }

    @Test
    void partialsMayWaitAtPausedEndpointsToo() {
        Webhook paused = Webhooks.paused(Webhooks.account(1, TRANSCRIPT_PARTIAL));
        assertThat(holders(with(Mode.IN_ADDITION, ALL), Webhooks.paused(OWN), paused, Webhooks.account(2, CALL_ENDED)))
                .containsExactly(1L, 9L);
    }

    @Test
    void onlyThoseThatWantItAreLookedUp() {
        Webhook wants = Webhooks.with(Webhooks.account(10_001, CALL_STARTED), Set.of("agent-1"), Set.of());
        List<Subscription> all = new ArrayList<>(LongStream.rangeClosed(1, 10_000)
                .mapToObj(no -> Webhooks.with(Webhooks.all(no), Set.of("other-" + no % 100), Set.of()))
                .map(Subscription::of)
                .toList());
        all.add(Subscription.of(wants));
        Subscriptions subscriptions = new Subscriptions(all);
        List<List<Long>> lookedUp = new ArrayList<>();
        for (EventType type : EventType.OF_CALLS) {
            subscriptions.receivers(PLAIN, null, type, numbers -> {
                lookedUp.add(numbers);
                return List.of(wants);
            });
        }
        assertThat(lookedUp).as("for the one type").containsExactly(List.of(10_001L));
        assertThat(subscriptions.partialHolders(PLAIN, null, numbers -> {
                    throw new AssertionError("Asked for " + numbers);
                }))
                .isEmpty();
    }

    @Test
    void aPlaceIsOneForEachAgentThatIsNamed() {
        Webhook all = Webhooks.all(2);
        Webhook some =
                Webhooks.with(Webhooks.paused(Webhooks.all(1)), Set.of("agent-1", "agent-2", "agent-3"), Set.of());
        assertThat(subscriptions(all, some).webhooks()).containsExactly(1L, 2L);
        assertThat(subscriptions(all, some).size()).isEqualTo(2);
        assertThat(subscriptions(all, some).places()).isEqualTo(4);
    }
}
