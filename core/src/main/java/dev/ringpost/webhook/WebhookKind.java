package dev.ringpost.webhook;

import java.util.Locale;

/** Who asked for an endpoint. */
public enum WebhookKind {
    /** Registered by the account. */
    ACCOUNT,
    /** Named by calls as their {@code webhook_url}; all calls of an account with one URL share it. */
    CALL,
    /** Named by whoever runs the server, who is told there how all endpoints are doing; of the operator's account. */
    OPS;

    /** Whether the account's secrets sign, in place of secrets of its own. */
    public boolean isSignedByAccount() {
        return this != ACCOUNT;
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
