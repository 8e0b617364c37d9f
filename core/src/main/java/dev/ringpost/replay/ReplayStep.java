package dev.ringpost.replay;

import dev.ringpost.call.Call;
import dev.ringpost.call.CallWebhook;
import dev.ringpost.call.EventType;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.store.LoggedAttempt.Status;
import dev.ringpost.store.PastEvent;
import dev.ringpost.store.Replay;
import dev.ringpost.store.Transaction;
import dev.ringpost.webhook.Subscriptions;
import dev.ringpost.webhook.Webhook;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a replay: looks at the next events and queues those that it is about.
 *
 * @param lane of the endpoint, where something joined its queue
 * @param goesOn there is more to do at once
 */
public record ReplayStep(Optional<LaneState> lane, boolean goesOn) {
    /** How many events a step looks at. */
    private static final int SLICE = 200;

    /** How many deliveries of one replay wait at most: the rest of it is for later. */
    private static final int MOST_QUEUED = 1000;

    private static final ReplayStep NOTHING = new ReplayStep(Optional.empty(), false);

    /** In the transaction of the node that has the replay's endpoint. */
    public static ReplayStep take(Transaction tx, long no) {
        Replay replay = tx.replay(no).orElse(null);
        if (replay == null || replay.status() != Replay.Status.RUNNING) {
            return NOTHING;
        }
        Webhook webhook = tx.webhook(replay.endpoint()).orElse(null);
        if (webhook == null) {
            tx.endReplay(no, Replay.Status.CANCELLED);
            return NOTHING;
        }
        if (!webhook.isActive() || replay.queued() + SLICE > MOST_QUEUED) {
            return NOTHING;
        }
        List<PastEvent> past = tx.pastEvents(replay, SLICE);
        if (past.isEmpty()) {
            if (replay.queued() == 0) {
                tx.endReplay(no, Replay.Status.DONE);
            }
            return NOTHING;
        }
        List<Delivery> wanted = new Choice(tx, replay, webhook, past).wanted();
        long position = past.getLast().delivery().event();
        return new ReplayStep(tx.queueReplay(replay, wanted, position), true);
    }

    /** Which of the events are sent again. */
    private record Choice(Transaction tx, Replay replay, Webhook webhook, List<PastEvent> past) {
        List<Delivery> wanted() {
            List<PastEvent> candidates = past.stream().filter(this::isCandidate).toList();
            List<Long> missing = candidates.stream()
                    .filter(event -> event.last() == null)
                    .map(event -> event.delivery().call())
                    .distinct()
                    .toList();
            if (missing.isEmpty()) {
                return candidates.stream().map(PastEvent::delivery).toList();
            }
            Map<Long, Call> calls = tx.calls(missing);
            Subscriptions subscriptions = tx.subscriptions(replay.account());
            return candidates.stream()
                    .filter(event -> event.last() != null
                            || isSubscribed(event, calls.get(event.delivery().call()), subscriptions))
                    .map(PastEvent::delivery)
                    .toList();
        }

        private boolean isCandidate(PastEvent event) {
            EventType type = event.delivery().type();
            if (event.waits()
                    || type == EventType.TRANSCRIPT_PARTIAL
                    || !replay.events().contains(type)
                    || !webhook.events().contains(type)) {
                return false;
            }
            boolean failed = event.last() == Status.FAILED && event.isFinal();
            boolean missing = event.last() == null;
            return switch (replay.only()) {
                case FAILED -> failed;
                case MISSING -> missing;
                case ALL -> failed || missing || event.last() == Status.SUCCEEDED;
            };
        }

        /** As if the event had been made today: by the webhook's filters and the call's own webhook. */
        private boolean isSubscribed(PastEvent event, @Nullable Call call, Subscriptions subscriptions) {
            if (call == null) {
                return false;
            }
            CallWebhook own = call.spec().webhook();
            Webhook ownWebhook = own == null ? null : tx.webhook(own.endpoint()).orElse(null);
            return subscriptions
                    .receivers(call.spec(), ownWebhook, event.delivery().type(), this::live)
                    .stream()
                    .anyMatch(receiver -> receiver.no() == webhook.no());
        }

        private List<Webhook> live(List<Long> numbers) {
            Map<Long, Webhook> found = tx.webhooks(numbers);
            return numbers.stream().map(found::get).filter(Objects::nonNull).toList();
        }
    }
}
