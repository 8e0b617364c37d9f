package dev.ringpost.delivery;

import dev.ringpost.webhook.Webhook;

/** What the engine wants done. Its shell does it, and tells the engine how it went. */
public sealed interface Effect {
    /**
     * Make an attempt, then call {@link Engine#finished}, or {@link Engine#vanished} where the event is no longer stored.
     *
     * @param attempt its number, from 1
     * @param replay the replay that it is made for; 0: none
     * @param webhook the endpoint as it is now
     */
    record Send(Delivery delivery, int attempt, long replay, Webhook webhook) implements Effect {}

    /** Commit it, in the order given, then call {@link Engine#committed}. Tried again until it is committed. */
    record Write(LaneWrite write) implements Effect {}

    /**
     * Read the head of the lane from the store, then call {@link Engine#loaded}.
     *
     * @param limits at most so many of each rank
     * @param strict leave out what is behind a tried delivery of the same call, and what a replay has behind another of
     *     the same call, as if it were not there
     */
    record Load(long endpoint, Limits limits, boolean strict) implements Effect {}

    /** Read what is remembered of the endpoint's health, then call {@link Engine#remembered}. */
    record Recall(long endpoint) implements Effect {}

    /** The endpoint is dead or wants no more: set the webhook inactive. */
    record Disable(Webhook webhook, String reason) implements Effect {}

    /** Tell whoever wants to know; nothing depends on it. */
    record Tell(Notice notice) implements Effect {}
}
