package dev.ringpost.call;

import java.util.Locale;
import java.util.Set;

/**
 * A call's own webhook.
 *
 * @param endpoint the number of the account's endpoint of kind {@code call} with this URL, 0 until the store gave it
 */
public record CallWebhook(String url, Mode mode, Set<EventType> events, long endpoint) {
    /** Whether the call's own webhook takes the place of the account's webhooks or joins them. */
    public enum Mode {
        INSTEAD,
        IN_ADDITION;

        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public CallWebhook withEndpoint(long no) {
        return new CallWebhook(url, mode, events, no);
    }
}
