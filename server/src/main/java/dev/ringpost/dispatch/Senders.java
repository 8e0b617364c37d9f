package dev.ringpost.dispatch;

import dev.ringpost.sender.Sender;
import dev.ringpost.webhook.Webhook;
import dev.ringpost.webhook.WebhookKind;

/**
 * Who sends to which endpoint.
 *
 * @param accounts vets where accounts want to send to
 * @param operator for the endpoint that the operator has named, who may name any address: a receiver of one's own beside
 *     the server needs no target opened for everybody
 */
public record Senders(Sender accounts, Sender operator) {
    Sender of(Webhook webhook) {
        return webhook.kind() == WebhookKind.OPS ? operator : accounts;
    }
}
