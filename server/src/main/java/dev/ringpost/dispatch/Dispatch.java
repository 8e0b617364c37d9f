package dev.ringpost.dispatch;

import dev.ringpost.call.EventType;
import dev.ringpost.commit.Journal;
import dev.ringpost.delivery.Delivery;
import dev.ringpost.delivery.LaneState;
import dev.ringpost.delivery.LaneView;
import dev.ringpost.delivery.Sweep;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.webhook.Webhook;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What the API tells the running delivery engine, always after the commit. */
public interface Dispatch {
    /** A webhook was created or changed: waiting deliveries go by its new state from now on. */
    void webhookChanged(Webhook webhook);

    /** A webhook was deleted: nothing more is sent, what waits is cancelled. */
    void webhookDeleted(Webhook webhook);

    /**
     * Begins a sweep: when this returns, nothing that it covers is started any more, or what it makes due is on its way.
     * The rest goes on in the background, also after a restart. Blocks.
     */
    void sweep(Sweep sweep);

    /**
     * Somebody asks for one delivery: it goes at once, past the breaker and the order of its call.
     *
     * @param change asks the store for it; the future fails with its exception
     */
    CompletableFuture<LaneState> ask(Delivery delivery, Journal.Change<LaneState> change);

    /** The endpoint's lane as it is now; empty where nothing went there for a while and nothing waits. Blocks. */
    Optional<LaneView> lane(Webhook webhook);

    /** A call was erased: nothing more of it is sent, and what is in memory of it is forgotten. */
    void callErased(long account, long call);

    /** Sends a sample of the event now, past pause and breaker, and logs it. */
    CompletableFuture<LoggedAttempt> test(Webhook webhook, EventType type);

    /** How the endpoint is doing now. */
    EndpointHealth health(Webhook webhook);
}
