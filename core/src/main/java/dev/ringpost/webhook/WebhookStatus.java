package dev.ringpost.webhook;

import java.util.Locale;

/** Whether a webhook takes deliveries. */
public enum WebhookStatus {
    ACTIVE,
    /** Paused: no new deliveries are made, waiting ones are held. */
    INACTIVE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
