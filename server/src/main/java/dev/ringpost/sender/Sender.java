package dev.ringpost.sender;

import dev.ringpost.delivery.AttemptResult;
import io.vertx.core.Future;

/** Makes one attempt. */
public interface Sender {
    /**
     * Sends the request once and tells what became of it. The future never fails: everything that can go wrong is an
     * {@link AttemptResult}. It completes no later than the request's timeout plus a small margin. Called on an event
     * loop; completes on the same one.
     */
    Future<AttemptResult> send(WebhookRequest request);
}
