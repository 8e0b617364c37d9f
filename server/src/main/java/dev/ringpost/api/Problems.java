package dev.ringpost.api;

import dev.ringpost.api.problem.Problem;
import dev.ringpost.api.problem.ProblemType;
import dev.ringpost.webhook.Webhook;

/** Refusals that several operations share. */
final class Problems {
    private Problems() {}

    /** @throws dev.ringpost.api.problem.ProblemException 409 where nothing is sent to the webhook now */
    static void requireActive(Webhook webhook) {
        if (!webhook.isActive()) {
            throw new Problem(
                            ProblemType.WEBHOOK_INACTIVE,
                            "The webhook is inactive, so nothing is sent to it; set its status to active first")
                    .asException();
        }
    }
}
