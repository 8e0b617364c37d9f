package dev.ringpost.api.output;

import dev.ringpost.store.Event;
import dev.ringpost.store.LoggedAttempt;
import dev.ringpost.store.WaitingDelivery;
import dev.ringpost.webhook.Webhook;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one delivery.
 *
 * @param eventNo its number, and the endpoint's
 * @param event null for a test, whose event is stored nowhere, and for one that is no longer kept
 * @param webhook null where it was deleted
 * @param waiting null where it has ended
 * @param log its attempts, newest first; empty only where it waits
 */
public record DeliveryRecord(
        long eventNo,
        long endpoint,
        @Nullable Event event,
        @Nullable Webhook webhook,
        @Nullable WaitingDelivery waiting,
        List<LoggedAttempt> log) {}
