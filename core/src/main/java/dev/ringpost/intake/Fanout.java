package dev.ringpost.intake;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallEvent;
import dev.ringpost.call.EventType;
import dev.ringpost.call.Json;
import dev.ringpost.call.Payloads;
import dev.ringpost.call.Transcript;
import dev.ringpost.call.Transition;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.id.NumberSource;
import dev.ringpost.store.CallNumber;
import dev.ringpost.store.Event;
import dev.ringpost.store.Transaction;
import dev.ringpost.webhook.Subscriptions;
import dev.ringpost.webhook.Webhook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Numbers what calls fired, writes it down, and finds out where it goes. */
final class Fanout {
    private final NumberSource numbers;
    private final Payloads payloads;
    private final Endpoints endpoints;
    private final List<Event> events = new ArrayList<>();
    private final List<Committed> committed = new ArrayList<>();

    /**
     * @param call remembers its last event, and where its messages are
     * @param events the numbers, in order
     */
    record Numbered(Call call, List<Long> events) {}

    Fanout(NumberSource numbers, Payloads payloads, Endpoints endpoints) {
        this.numbers = numbers;
        this.payloads = payloads;
        this.endpoints = endpoints;
    }

    Numbered fire(Call before, Transition.Applied applied) {
        Call call = applied.call();
        boolean partialLives = before.progress().livePartial() != 0;
        long last = call.progress().lastEvent();
        Transcript transcript = call.facts().transcript();
        List<Long> fired = new ArrayList<>(applied.fired().size());
        for (Transition.Fired each : applied.fired()) {
            Event event = event(call, numbers.nextAfter(last), each);
            events.add(event);
            deliver(call, event, partialLives);
            partialLives &= !event.type().endsCall();
            last = event.no();
            transcript = isCarriedBy(each.event(), transcript) ? new Transcript.InEvent(last) : transcript;
            fired.add(last);
        }
        if (partialLives && call.progress().livePartial() == 0) {
            overtake(call, last);
        }
        return new Numbered(fired.isEmpty() ? call : numbered(call, last, transcript), fired);
    }

    void write(Transaction tx) {
        if (!events.isEmpty()) {
            tx.insertEvents(events);
        }
        List<Delivery> deliveries = committed.stream()
                .filter(each -> !each.supersedesPartials())
                .map(Committed::delivery)
                .toList();
        if (!deliveries.isEmpty()) {
            tx.insertFresh(deliveries);
        }
    }

    List<Event> events() {
        return events;
    }

    /** Without deliveries of calls that the batch erases. */
    List<Committed> committed(OpenCalls calls) {
        committed.removeIf(each -> calls.isErased(
                new CallNumber(each.delivery().account(), each.delivery().call())));
        committed.sort(Comparator.comparingLong(each -> each.delivery().event()));
        return committed;
    }

    private Event event(Call call, long no, Transition.Fired fired) {
        Instant createdAt = NumberSource.timeOf(no);
        return new Event(
                no,
                call.account(),
                call.no(),
                fired.sequence(),
                fired.event().type(),
                createdAt,
                payloads.write(call, no, createdAt, fired));
    }

    private void deliver(Call call, Event event, boolean partialLives) {
        Subscriptions subscriptions = endpoints.ofAccount(call.account());
        Webhook own = endpoints.ofCall(call.spec());
        Set<Long> receivers = new HashSet<>();
        for (Webhook webhook : subscriptions.receivers(call.spec(), own, event.type(), endpoints::live)) {
            receivers.add(webhook.no());
            committed.add(new Committed(delivery(event, webhook), webhook, event.payload(), false));
        }
        if (partialLives
                && (event.type() == EventType.TRANSCRIPT_PARTIAL || event.type().endsCall())) {
            for (Webhook holder : subscriptions.partialHolders(call.spec(), own, endpoints::live)) {
                if (!receivers.contains(holder.no())) {
                    committed.add(new Committed(delivery(event, holder), holder, event.payload(), true));
                }
            }
        }
    }

    /** The call is over and its call.ended waits: no event says so yet, and still its partials are worth nothing now. */
    private void overtake(Call call, long last) {
        long no = numbers.nextAfter(last);
        Webhook own = endpoints.ofCall(call.spec());
        Subscriptions subscriptions = endpoints.ofAccount(call.account());
        for (Webhook holder : subscriptions.partialHolders(call.spec(), own, endpoints::live)) {
            Delivery marker = new Delivery(
                    no, holder.no(), call.account(), call.no(), call.progress().nextSequence(), EventType.CALL_ENDED);
            committed.add(new Committed(marker, holder, new byte[0], true));
        }
    }

    private static Delivery delivery(Event event, Webhook webhook) {
        return new Delivery(event.no(), webhook.no(), event.account(), event.call(), event.sequence(), event.type());
    }

    /** A transcript is stored once: as its event's payload where it has an event. */
    private static boolean isCarriedBy(CallEvent event, @Nullable Transcript transcript) {
        Json messages = switch (event) {
            case CallEvent.PartialTranscript partial -> partial.messages();
            case CallEvent.FinalTranscript whole -> whole.messages();
            default -> null;
        };
        return messages != null && transcript instanceof Transcript.Kept(Json kept) && kept.equals(messages);
    }

    private static Call numbered(Call call, long last, @Nullable Transcript transcript) {
        return call.with(
                transcript == null ? call.facts() : call.facts().withTranscript(transcript),
                call.progress().withLastEvent(last));
    }
}
