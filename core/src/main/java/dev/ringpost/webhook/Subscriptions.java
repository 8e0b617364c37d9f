package dev.ringpost.webhook;

import dev.ringpost.call.CallSpec;
import dev.ringpost.call.CallWebhook;
import dev.ringpost.call.EventType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Which endpoints an event of a call goes to. The account's webhooks are kept by agent and by event type, as numbers: an
 * event costs as much as there are webhooks that want it, however many the account has.
 */
public final class Subscriptions {
    private final long[] webhooks;
    private final Audience ofAllAgents;
    private final Map<String, Audience> byAgent;
    private final int places;

    /** @param subscriptions of the webhooks of kind {@code account} that the account has, inactive ones included */
    public Subscriptions(Collection<Subscription> subscriptions) {
        List<Subscription> sorted = new ArrayList<>(subscriptions);
        sorted.sort(Comparator.comparingLong(Subscription::webhook));
        webhooks = sorted.stream().mapToLong(Subscription::webhook).toArray();
        List<Subscriber> ofAll = new ArrayList<>();
        Map<String, List<Subscriber>> ofSome = new HashMap<>();
        int count = 0;
        for (Subscription each : sorted) {
            Subscriber subscriber = Subscriber.of(each);
            if (each.agentIds().isEmpty()) {
                ofAll.add(subscriber);
            }
            for (String agent : each.agentIds()) {
                ofSome.computeIfAbsent(agent, _ -> new ArrayList<>(1)).add(subscriber);
            }
            count += Math.max(1, each.agentIds().size());
        }
        ofAllAgents = Audience.of(ofAll);
        Map<String, Audience> audiences = HashMap.newHashMap(ofSome.size());
        ofSome.forEach((agent, subscribers) -> audiences.put(agent, Audience.of(subscribers)));
        byAgent = Map.copyOf(audiences);
        places = count;
    }

    /** How many webhooks the account has. */
    public int size() {
        return webhooks.length;
    }

    /** The numbers of all the account's webhooks, in order. */
    public List<Long> webhooks() {
        return LongStream.of(webhooks).boxed().toList();
    }

    /** What its memory grows with: a webhook has one place, or one for each agent that it names. */
    public int places() {
        return places;
    }

    /**
     * The endpoints that get a delivery of the event: each is active and wants it. Where an account webhook with the
     * URL of the call's own webhook gets it, the call's own does not.
     *
     * @param own the endpoint of the call's own webhook; null where the call has none, or it was deleted
     * @param type one that calls fire
     * @param find the webhooks with these numbers, in their order, without those that are gone
     * @return the account's by number, then the call's own
     */
    public List<Webhook> receivers(
            CallSpec call, @Nullable Webhook own, EventType type, Function<List<Long>, List<Webhook>> find) {
        List<Webhook> receivers = new ArrayList<>(found(wanting(call, type, false), find));
        if (own != null
                && own.isActive()
                && ownWants(own, call, type)
                && receivers.stream().noneMatch(receiver -> receiver.url().equals(own.url()))) {
            receivers.add(own);
        }
        return receivers;
    }

    /**
     * The endpoints where partials of the call may wait: all that want them, paused ones too, for they may have been
     * active when the partial was made. The parameters and the order are those of {@link #receivers}.
     */
    public List<Webhook> partialHolders(
            CallSpec call, @Nullable Webhook own, Function<List<Long>, List<Webhook>> find) {
        List<Webhook> holders = new ArrayList<>(found(wanting(call, EventType.TRANSCRIPT_PARTIAL, true), find));
        if (own != null && ownWants(own, call, EventType.TRANSCRIPT_PARTIAL)) {
            holders.add(own);
        }
        return holders;
    }

    /** @param pausedToo only for partials */
    private List<Long> wanting(CallSpec call, EventType type, boolean pausedToo) {
        CallWebhook own = call.webhook();
        if (own != null && own.mode() == CallWebhook.Mode.INSTEAD) {
            return List.of();
        }
        List<Long> numbers = new ArrayList<>();
        Audience ofAgent = byAgent.getOrDefault(call.agentId(), Audience.NOBODY);
        for (Audience audience : List.of(ofAllAgents, ofAgent)) {
            audience.addActive(type, call.direction(), numbers);
            if (pausedToo) {
                audience.addPausedAtPartials(call.direction(), numbers);
            }
        }
        numbers.sort(null);
        return numbers;
    }

    private static List<Webhook> found(List<Long> numbers, Function<List<Long>, List<Webhook>> find) {
        return numbers.isEmpty() ? List.of() : find.apply(numbers);
    }

    private static boolean ownWants(Webhook own, CallSpec call, EventType type) {
        CallWebhook asked = call.webhook();
        return asked != null
                && asked.events().contains(type)
                && Subscription.of(own).wants(call, type);
    }
}
