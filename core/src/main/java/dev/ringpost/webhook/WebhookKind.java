package dev.ringpost.webhook;

import java.util.Locale;

/** Who asked for an endpoint. */
public enum WebhookKind {
    /** Registered by the account. */
    ACCOUNT,
    /** Named by calls as their {@code webhook_url}; all calls of an account with one URL share it. */
    CALL;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
