package dev.ringpost.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringpost.call.CallSpec;
import dev.ringpost.call.CallWebhook;
import dev.ringpost.call.Direction;
import dev.ringpost.call.EventType;
import dev.ringpost.store.Given;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The index finds what a walk over all webhooks finds, and looks up no other. */
class SubscriptionsPropertyTest {
    private static final long OWN = 50;
    private static final String OWN_URL = "https://own.example/hook";

    @Provide
    Arbitrary<List<Webhook>> webhooks() {
        return webhook(Arbitraries.longs().between(1, 100).filter(no -> no != OWN), WebhookKind.ACCOUNT)
                .list()
                .ofMaxSize(20)
                .uniqueElements(Webhook::no);
    }

    @Provide
    Arbitrary<@Nullable Webhook> own() {
        return webhook(Arbitraries.just(OWN), WebhookKind.CALL).injectNull(0.2);
    }

    @Provide
    Arbitrary<Set<Long>> gone() {
        return Arbitraries.longs().between(1, 100).set().ofMaxSize(20);
    }

    @Provide
    Arbitrary<EventType> types() {
        return Arbitraries.of(EventType.OF_CALLS);
    }

    @Provide
    Arbitrary<CallSpec> calls() {
        Arbitrary<@Nullable CallWebhook> asked = Combinators.combine(Arbitraries.of(CallWebhook.Mode.class), events())
                .as((mode, events) -> new CallWebhook(OWN_URL, mode, events, OWN))
                .injectNull(0.4);
        return Combinators.combine(Arbitraries.of("a", "b", "c", "d"), Arbitraries.of(Direction.class), asked)
                .as(SubscriptionsPropertyTest::call);
    }

    private static Arbitrary<Webhook> webhook(Arbitrary<Long> numbers, WebhookKind kind) {
        Arbitrary<String> urls = Arbitraries.of("https://a.example/1", "https://a.example/2", OWN_URL);
        Arbitrary<Set<String>> agents = oftenAll(Set.of(), Arbitraries.of("a", "b", "c"));
        Arbitrary<Set<Direction>> directions = oftenAll(Set.of(), Arbitraries.of(Direction.class));
        return Combinators.combine(numbers, urls, events(), Arbitraries.of(true, false), agents, directions)
                .as((no, url, events, active, ofAgents, ofDirections) -> {
                    Webhook webhook = Webhooks.with(Webhooks.of(no, kind, url, events), ofAgents, ofDirections);
                    return active ? webhook : Webhooks.paused(webhook);
                });
    }

    private static Arbitrary<Set<EventType>> events() {
        return oftenAll(EventType.OF_CALLS, Arbitraries.of(EventType.OF_CALLS));
    }

    /** So that most rules have something to do. */
    private static <T> Arbitrary<Set<T>> oftenAll(Set<T> all, Arbitrary<T> some) {
        return Arbitraries.oneOf(Arbitraries.just(all), some.set().ofMinSize(1).ofMaxSize(3));
    }

    private static CallSpec call(String agent, Direction direction, @Nullable CallWebhook webhook) {
        return Given.spec(null, agent, direction, webhook);
    }

    @Property
    void receiversAreThoseThatAWalkFinds(
            @ForAll("webhooks") List<Webhook> webhooks,
            @ForAll("own") @Nullable Webhook own,
            @ForAll("gone") Set<Long> gone,
            @ForAll("calls") CallSpec call,
            @ForAll("types") EventType type) {
        Lookup lookup = new Lookup(webhooks, gone);
        List<Webhook> found = index(webhooks).receivers(call, own, type, lookup);
        List<Webhook> wanting =
                walk(webhooks, call, type).stream().filter(Webhook::isActive).toList();
        assertThat(lookup.asked).isEqualTo(wanting.stream().map(Webhook::no).toList());
        List<Webhook> expected = new ArrayList<>(wanting);
        expected.removeIf(webhook -> gone.contains(webhook.no()));
        if (own != null
                && own.isActive()
                && ownWants(own, call, type)
                && expected.stream().noneMatch(webhook -> webhook.url().equals(own.url()))) {
            expected.add(own);
        }
        assertThat(found).isEqualTo(expected);
    }

    @Property
    void holdersOfPartialsAreThoseThatAWalkFinds(
            @ForAll("webhooks") List<Webhook> webhooks,
            @ForAll("own") @Nullable Webhook own,
            @ForAll("gone") Set<Long> gone,
            @ForAll("calls") CallSpec call) {
        Lookup lookup = new Lookup(webhooks, gone);
        List<Webhook> found = index(webhooks).partialHolders(call, own, lookup);
        List<Webhook> wanting = walk(webhooks, call, EventType.TRANSCRIPT_PARTIAL);
        assertThat(lookup.asked).isEqualTo(wanting.stream().map(Webhook::no).toList());
        List<Webhook> expected = new ArrayList<>(wanting);
        expected.removeIf(webhook -> gone.contains(webhook.no()));
        if (own != null && ownWants(own, call, EventType.TRANSCRIPT_PARTIAL)) {
            expected.add(own);
        }
        assertThat(found).isEqualTo(expected);
    }

    private static Subscriptions index(List<Webhook> webhooks) {
        return new Subscriptions(webhooks.stream().map(Subscription::of).toList());
    }

    /** The account's, active or not, by number. */
    private static List<Webhook> walk(List<Webhook> webhooks, CallSpec call, EventType type) {
        CallWebhook asked = call.webhook();
        if (asked != null && asked.mode() == CallWebhook.Mode.INSTEAD) {
            return List.of();
        }
        return webhooks.stream()
                .filter(webhook -> wants(webhook, call, type))
                .sorted(Comparator.comparingLong(Webhook::no))
                .toList();
    }

    private static boolean ownWants(Webhook own, CallSpec call, EventType type) {
        CallWebhook asked = call.webhook();
        return asked != null && asked.events().contains(type) && wants(own, call, type);
    }

    private static boolean wants(Webhook webhook, CallSpec call, EventType type) {
        Set<String> agents = webhook.options().agentIds();
        Set<Direction> directions = webhook.options().directions();
        return webhook.events().contains(type)
                && (agents.isEmpty() || agents.contains(call.agentId()))
                && (directions.isEmpty() || directions.contains(call.direction()));
    }

    /** Remembers what it was asked for. */
    private static final class Lookup implements Function<List<Long>, List<Webhook>> {
        private final List<Webhook> webhooks;
        private final Set<Long> gone;
        private List<Long> asked = List.of();

        Lookup(List<Webhook> webhooks, Set<Long> gone) {
            this.webhooks = webhooks;
            this.gone = gone;
        }

        @Override
        public List<Webhook> apply(List<Long> numbers) {
            asked = List.copyOf(numbers);
            return webhooks.stream()
                    .filter(webhook -> numbers.contains(webhook.no()) && !gone.contains(webhook.no()))
                    .sorted(Comparator.comparingLong(Webhook::no))
                    .toList();
        }
    }
}
