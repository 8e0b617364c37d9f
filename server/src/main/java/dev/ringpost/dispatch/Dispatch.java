package dev.ringpost.dispatch;

import dev.ringpost.call.EventType;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.webhook.Webhook;
import java.util.concurrent.CompletableFuture;

/** What the API tells the running delivery engine, always after the commit. */
public interface Dispatch {
    /** A webhook was created or changed: waiting deliveries go by its new state from now on. */
    void webhookChanged(Webhook webhook);

    /** A webhook was deleted: nothing more is sent, what waits is cancelled. */
    void webhookDeleted(Webhook webhook);

    /** Its receiver is said to be repaired (new URL, active again): the breaker closes, what waits is due now. */
    void webhookRepaired(Webhook webhook);

    /** A call was erased: nothing more of it is sent, and what is in memory of it is forgotten. */
    void callErased(long account, long call);

    /** Sends a sample of the event now, past pause and breaker, and logs it. */
    CompletableFuture<LoggedAttempt> test(Webhook webhook, EventType type);

    /** How the endpoint is doing now. */
    EndpointHealth health(Webhook webhook);
}
