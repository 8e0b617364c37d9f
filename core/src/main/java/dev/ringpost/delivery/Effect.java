package dev.ringpost.delivery;

import dev.ringpost.webhook.Webhook;

/** What the engine wants done. Its shell does it, and tells the engine how it went. */
public sealed interface Effect {
    /**
     * Make an attempt, then call {@link Engine#finished}, or {@link Engine#vanished} where the event is no longer stored.
     *
     * @param attempt its number, from 1
     * @param webhook the endpoint as it is now
     */
    record Send(Delivery delivery, int attempt, Webhook webhook) implements Effect {}

    /** Commit it, in the order given, then call {@link Engine#committed}. Tried again until it is committed. */
    record Write(LaneWrite write) implements Effect {}

    /**
     * Read the head of the lane from the store, then call {@link Engine#loaded}.
     *
     * @param untried at most so many untried deliveries, by event number
     * @param tried at most so many tried ones, by due time
     * @param strict leave out what is untried behind a tried delivery of the same call
     */
    record Load(long endpoint, int untried, int tried, boolean strict) implements Effect {}

    /** The receiver answered 410 Gone: set the webhook inactive. */
    record Disable(Webhook webhook, String reason) implements Effect {}

    /** Tell whoever wants to know; nothing depends on it. */
    record Tell(Notice notice) implements Effect {}
}
